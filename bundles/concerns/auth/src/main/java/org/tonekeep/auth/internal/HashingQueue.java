package org.tonekeep.auth.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.rest.api.ProblemException;

/**
 * Lets at most half of the processors hash passwords, and few requests wait for that: a flood of
 * logins is answered 429 and leaves processors and request threads to everybody else.
 */
@Component(service = HashingQueue.class, immediate = true) // one bound for all
public final class HashingQueue {
  private static final int WAITING = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Semaphore permits;
  private final int most;
  private final Duration patience;
  private final AtomicInteger inside = new AtomicInteger();

  @Activate
  public HashingQueue() {
    this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), WAITING, PATIENCE);
  }

  HashingQueue(int atOnce, int waiting, Duration patience) {
    this.permits = new Semaphore(atOnce, true);
    this.most = atOnce + waiting;
    this.patience = patience;
  }

  /**
   * Does the work when it is its turn.
   *
   * @throws ProblemException 429 {@code busy} with {@code Retry-After} when too many wait, or the
   *     turn did not come in time
   */
  <T> T run(Supplier<T> work) {
    if (inside.incrementAndGet() > most) {
      inside.decrementAndGet();
      throw busy();
    }
    try {
      if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
      try {
        return work.get();
      } finally {
        permits.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      inside.decrementAndGet();
    }
  }

  /** Requests that hash or wait. */
  int inside() {
    return inside.get();
  }

  private static ProblemException busy() {
    return ProblemException.of(
            429, "busy", "Busy", "Many people are signing in at this moment; try again soon")
        .withHeader("Retry-After", "5");
  }
}
