package org.tonekeep.portrait.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.TooLargeException;

/** What uploads lie in, in memory: few, and one for each account, so that they cannot fill it. */
@Component(service = Trays.class)
public final class Trays {
  /** The largest upload. */
  public static final int MOST_BYTES = 8 << 20;

  static final int MOST = 4;
  static final Duration LONGEST = Duration.ofSeconds(90);

  private static final Logger LOG = LoggerFactory.getLogger(Trays.class);
  private static final int RETRY_SECONDS = 5;

  private final Set<String> taken = new HashSet<>();
  private final LongSupplier ticks;

  @Activate
  public Trays() {
    this(System::nanoTime);
  }

  Trays(LongSupplier ticks) {
    this.ticks = ticks;
  }

  /**
   * A tray for an upload of the caller, to be closed once its bytes are done with.
   *
   * @throws ProblemException 429 {@code busy} when the account has one already, or all are taken
   */
  public Tray take(Caller caller) {
    String account = caller.tenant() + "/" + caller.account().value();
    synchronized (taken) {
      if (taken.size() < MOST && taken.add(account)) {
        return new Tray(account);
      }
    }
    throw ProblemException.of(
            429, "busy", "Busy", "Other images are being uploaded; try again in a moment")
        .withHeader("Retry-After", String.valueOf(RETRY_SECONDS));
  }

  /** Holds one upload. */
  public final class Tray implements AutoCloseable {
    private final String account;

    private Tray(String account) {
      this.account = account;
    }

    /**
     * Reads the whole upload.
     *
     * @param announced how many bytes were announced; negative when that is unknown
     * @throws TooLargeException over {@link #MOST_BYTES}
     * @throws ProblemException 400 {@code incomplete-body}, 408 {@code too-slow} past 90 s
     */
    public byte[] fill(InputStream in, long announced) {
      if (announced > MOST_BYTES) {
        throw new TooLargeException(MOST_BYTES);
      }
      byte[] bytes = new byte[announced < 0 ? MOST_BYTES + 1 : (int) announced];
      int size = 0;
      try {
        long begun = ticks.getAsLong();
        while (size < bytes.length) {
          int count = in.read(bytes, size, bytes.length - size);
          if (count < 0) {
            break;
          }
          size += count;
          if (ticks.getAsLong() - begun > LONGEST.toNanos()) {
            throw tooSlow();
          }
        }
      } catch (IOException e) {
        LOG.debug("An upload was broken off", e);
        throw brokenOff();
      }
      if (size > MOST_BYTES) {
        throw new TooLargeException(MOST_BYTES);
      }
      if (size < announced) {
        throw brokenOff();
      }
      return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    @Override
    public void close() {
      synchronized (taken) {
        boolean unused = taken.remove(account);
      }
    }
  }

  private static ProblemException brokenOff() {
    return ProblemException.of(
        400, "incomplete-body", "Upload broken off", "The upload ended before it was complete");
  }

  private static ProblemException tooSlow() {
    return ProblemException.of(
            408, "too-slow", "Too slow", "The body came in too slowly; try again")
        .withHeader("Connection", "close");
  }
}
