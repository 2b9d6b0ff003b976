package org.tonekeep.totp.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.totp.internal.jpa.SeedStore;

/**
 * Slows down guessing of codes, whatever network the guesses come from. Five wrong codes in a row
 * are free; then each next must wait, 30 seconds at first and twice as long each time, a day at
 * most. Each code that is looked at is right by chance with 3 in a million, so a million guesses in
 * a day, of which 16 are looked at, find one with less than 1 in 10,000.
 *
 * <p>A code is only looked at after the right password, so no stranger can make the owner wait; and
 * recovery codes, which nobody can guess, are never slowed down.
 *
 * <p>The count is taken in memory, because the transaction of a sign-in that fails is rolled back,
 * and written a moment later for restarts and other nodes.
 */
@Component(service = GuessWindow.class)
public final class GuessWindow {
  private static final int FREE = 5;
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofMinutes(1);

  private record Key(TenantId tenant, AccountId account) {}

  /** Wrong codes in a row, and when the last was. */
  private record Count(int failures, Instant last) {
    Instant next() {
      if (failures < FREE) {
        return Instant.MIN;
      }
      int doublings = Math.min(failures - FREE, 20);
      Duration wait = FIRST.multipliedBy(1L << doublings);
      return last.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }
  }

  private final SeedStore store;
  private final Clock clock;
  private final ConcurrentMap<Key, Count> counts = new ConcurrentHashMap<>();

  @Activate
  public GuessWindow(@Reference SeedStore store, @Reference Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Counts a guess before it is looked at, as if it were wrong.
   *
   * @throws ProblemException 429 {@code too-many-attempts} with {@code Retry-After}
   */
  void enter(TenantId tenant, AccountId account, Seed seed) {
    Instant now = clock.instant();
    Count stored = new Count(seed.failures(), seed.lastTry());
    Object unused =
        counts.compute(
            new Key(tenant, account),
            (key, held) -> {
              // What came later is true: a good code may have been taken on another node.
              Count known = held == null || stored.last().isAfter(held.last()) ? stored : held;
              if (now.isBefore(known.next())) {
                throw tooMany(Duration.between(now, known.next()));
              }
              return new Count(known.failures() + 1, now);
            });
  }

  /** The guess was right: its owner has all tries again. */
  void forget(TenantId tenant, AccountId account) {
    Object unused = counts.remove(new Key(tenant, account));
  }

  /** Writes what was counted; what cannot be written now is kept for the next time. */
  void write() {
    Instant old = clock.instant().minus(KEPT);
    for (Map.Entry<Key, Count> entry : counts.entrySet()) {
      Count count = entry.getValue();
      store.fail(entry.getKey().tenant(), entry.getKey().account(), count.failures(), count.last());
      if (count.last().isBefore(old)) {
        counts.remove(entry.getKey(), count); // the database knows it, and so does every request
      }
    }
  }

  private static ProblemException tooMany(Duration wait) {
    return ProblemException.of(
            429,
            "too-many-attempts",
            "Too many attempts",
            "Wait before the next code, or use a recovery code")
        .withHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
  }
}
