package org.tonekeep.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/**
 * Slows down whoever guesses: after ten tries without success, the next must wait, longer each
 * time, five minutes at most. Counted per tenant, account name typed and network peer, so that a
 * stranger elsewhere cannot keep the owner out, and for names that do not exist too, so that nobody
 * learns which do. In memory only, as digests, forgotten 15 minutes after the last try.
 */
@Component(service = LoginThrottle.class, immediate = true) // keeps counts
public final class LoginThrottle {
  private static final int FREE = 10;
  private static final int REMEMBERED = 10_000;
  private static final Duration MEMORY = Duration.ofMinutes(15);
  private static final long LONGEST_SECONDS = 300;
  private static final long FIRST_SECONDS = 15;

  private record Tries(int count, Instant last) {}

  private final Clock clock;
  private final Map<String, Tries> tries =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
          return size() > REMEMBERED;
        }
      };

  @Activate
  public LoginThrottle(@Reference Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts a try before it is made, so that many at once are all counted.
   *
   * @return what {@link #succeeded} takes
   * @throws ProblemException 429 {@code too-many-attempts} with {@code Retry-After}
   */
  String attempt(TenantId tenant, String name, String peer) {
    String key = digest(tenant + "\n" + peer + "\n" + name);
    Instant now = clock.instant();
    synchronized (tries) {
      Tries before = tries.get(key);
      if (before == null || !before.last().plus(MEMORY).isAfter(now)) {
        before = new Tries(0, now);
      }
      Instant free = before.last().plusSeconds(delaySeconds(before.count()));
      if (free.isAfter(now)) {
        throw tooMany(Duration.between(now, free).toSeconds() + 1);
      }
      tries.put(key, new Tries(before.count() + 1, now));
    }
    return key;
  }

  /** Forgets the tries of somebody who proved to be the owner. */
  void succeeded(String key) {
    synchronized (tries) {
      tries.remove(key);
    }
  }

  private static long delaySeconds(int count) {
    return count < FREE ? 0 : Math.min(LONGEST_SECONDS, FIRST_SECONDS << Math.min(count - FREE, 8));
  }

  private static ProblemException tooMany(long seconds) {
    return ProblemException.of(
            429, "too-many-attempts", "Too many attempts", "Wait a little before the next try")
        .withHeader("Retry-After", Long.toString(seconds));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
