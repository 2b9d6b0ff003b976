package org.tonekeep.uploads.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/**
 * One request at a time touches an upload. A new one asks the one that is there to make room: it
 * may hang on a connection that is dead since minutes, and its owner is back on another. It then
 * keeps what it has received and ends. Of this node only; between nodes the row of the upload
 * decides.
 */
@Component(service = Turns.class)
public final class Turns {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Duration patience;
  private final Map<String, Turn> taken = new HashMap<>();

  @Activate
  public Turns() {
    this(PATIENCE);
  }

  Turns(Duration patience) {
    this.patience = patience;
  }

  /** What is done in a turn. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Turn turn) throws IOException;
  }

  /**
   * Works in a turn, which is taken from another request when need be.
   *
   * @throws ProblemException 423 {@code upload-busy} when that does not end in time
   */
  public <T> T in(TenantId tenant, String upload, Work<T> work) throws IOException {
    try (Turn turn = take(tenant, upload)) {
      return work.run(turn);
    }
  }

  synchronized Turn take(TenantId tenant, String upload) {
    String name = tenant + "/" + upload;
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      Turn other = taken.get(name);
      if (other == null) {
        return begin(name);
      }
      other.ask();
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw busy();
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw busy();
      }
    }
  }

  /** Takes the turn when nobody has it. */
  synchronized Optional<Turn> takeFree(TenantId tenant, String upload) {
    String name = tenant + "/" + upload;
    return taken.containsKey(name) ? Optional.empty() : Optional.of(begin(name));
  }

  private Turn begin(String name) {
    Turn turn = new Turn(name);
    taken.put(name, turn);
    return turn;
  }

  private synchronized void end(Turn turn) {
    if (taken.remove(turn.name, turn)) {
      notifyAll();
    }
  }

  /** Another request works on the upload. */
  public static ProblemException busy() {
    return ProblemException.of(
            423, "upload-busy", "Busy", "Another request works on this upload; try again")
        .withHeader("Retry-After", "2");
  }

  /** A request's turn; ends with {@link #close}. */
  public final class Turn implements AutoCloseable {
    /** In the place of a count: another request wants the turn. */
    static final int TAKEN = -2;

    private final String name;
    private boolean asked;
    private @Nullable Thread reading;

    private Turn(String name) {
      this.name = name;
    }

    private synchronized void ask() {
      asked = true;
      // Only out of waiting for the peer: inside a store or the database it would break things.
      if (reading != null) {
        reading.interrupt();
      }
    }

    private synchronized boolean isAsked() {
      return asked;
    }

    /** As {@link InputStream#read}, or {@link #TAKEN} when another request wants the turn. */
    int read(InputStream from, byte[] into, int offset, int length) throws IOException {
      synchronized (this) {
        if (asked) {
          return TAKEN;
        }
        reading = Thread.currentThread();
      }
      try {
        return from.read(into, offset, length);
      } catch (IOException e) {
        if (isAsked()) {
          return TAKEN;
        }
        throw e;
      } finally {
        synchronized (this) {
          reading = null;
          if (asked) {
            boolean unused = Thread.interrupted(); // by us; nothing else must see it
          }
        }
      }
    }

    @Override
    public void close() {
      end(this);
    }
  }
}
