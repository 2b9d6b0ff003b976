package org.tonekeep.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.ProblemException;

/**
 * Lets at most half of the processors hash passwords, and few requests wait for that: a flood of
 * logins leaves processors and request threads to everybody else.
 *
 * <p>Whose turn it is depends on the network: the one that has hashed least lately comes first, and
 * one from which somebody has signed in today has a start of a few turns. So a flood from a few
 * networks waits behind itself, and whoever comes from elsewhere waits for the one hash that is
 * running. When the room is full, the one who would be last gives way. Everything is in memory.
 */
@Component(service = HashingQueue.class, immediate = true) // one bound for all
public final class HashingQueue {
  private static final int WAITING = 50;
  private static final int OF_ONE_NETWORK = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int REMEMBERED = 10_000;
  private static final double HALF_LIFE_MILLIS = 30_000;
  private static final double START = 5;
  private static final Duration KNOWN = Duration.ofDays(1);

  private final int atOnce;
  private final int waitingMost;
  private final Duration patience;
  private final Clock clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiting = new ArrayList<>();
  private final Map<String, Use> uses = remembering();
  private final Map<String, Long> known = remembering();
  private int running;
  private long arrivals;

  /** Hashes of a network, halved every half-life. */
  private record Use(double amount, long millis) {
    double at(long now) {
      return amount * Math.pow(2, -(now - millis) / HALF_LIFE_MILLIS);
    }
  }

  private static final class Waiter {
    final String network;
    final long arrival;
    final Condition turn;
    boolean mine;
    boolean sentAway;

    Waiter(String network, long arrival, Condition turn) {
      this.network = network;
      this.arrival = arrival;
      this.turn = turn;
    }
  }

  @Activate
  public HashingQueue(@Reference Clock clock) {
    this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), WAITING, PATIENCE, clock);
  }

  HashingQueue(int atOnce, int waiting, Duration patience, Clock clock) {
    this.atOnce = atOnce;
    this.waitingMost = waiting;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Does the work when it is its turn.
   *
   * @param network see {@link org.tonekeep.rest.api.Peer#limitKey}
   * @throws ProblemException 429 {@code busy} with {@code Retry-After} when too many wait, or the
   *     turn did not come in time
   */
  <T> T run(String network, Supplier<T> work) {
    await(network);
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  /** Notes that somebody has signed in from the network: it has a start from now on. */
  void known(String network) {
    lock.lock();
    try {
      known.put(network, clock.millis());
    } finally {
      lock.unlock();
    }
  }

  private void await(String network) {
    try {
      lock.lockInterruptibly();
      try {
        if (running < atOnce && waiting.isEmpty()) {
          begin(network);
        } else {
          Waiter waiter = new Waiter(network, arrivals++, lock.newCondition());
          enter(waiter);
          awaitTurn(waiter);
        }
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  /**
   * Refuses at once whom {@link #run} would refuse for his network's sake, before other work is
   * done for him.
   *
   * @throws ProblemException 429 {@code busy}
   */
  void requireRoom(String network) {
    lock.lock();
    try {
      if (waiting.stream().filter(w -> w.network.equals(network)).count() >= OF_ONE_NETWORK) {
        throw busy();
      }
    } finally {
      lock.unlock();
    }
  }

  private void enter(Waiter waiter) {
    requireRoom(waiter.network);
    waiting.add(waiter);
    if (waiting.size() > waitingMost) {
      Waiter last = java.util.Collections.max(waiting, order());
      waiting.remove(last);
      last.sentAway = true;
      last.turn.signal();
    }
  }

  private void awaitTurn(Waiter waiter) throws InterruptedException {
    long nanos = patience.toNanos();
    try {
      while (!waiter.mine) {
        if (waiter.sentAway || nanos <= 0) {
          throw busy();
        }
        nanos = waiter.turn.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      if (waiter.mine) {
        end();
      }
      throw e;
    } finally {
      waiting.remove(waiter);
    }
  }

  private void leave() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    running--;
    if (running < atOnce && !waiting.isEmpty()) {
      Waiter next = java.util.Collections.min(waiting, order());
      waiting.remove(next);
      next.mine = true;
      begin(next.network);
      next.turn.signal();
    }
  }

  private void begin(String network) {
    running++;
    long now = clock.millis();
    Use use = uses.get(network);
    uses.put(network, new Use(1 + (use == null ? 0 : use.at(now)), now));
  }

  private Comparator<Waiter> order() {
    long now = clock.millis();
    return Comparator.<Waiter>comparingDouble(w -> weight(w.network, now))
        .thenComparingLong(w -> w.arrival);
  }

  private double weight(String network, long now) {
    Use use = uses.get(network);
    Long seen = known.get(network);
    double start = seen != null && now - seen < KNOWN.toMillis() ? START : 0;
    return (use == null ? 0 : use.at(now)) - start;
  }

  /** Requests that hash or wait. */
  int inside() {
    lock.lock();
    try {
      return running + waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private static <V> Map<String, V> remembering() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  private static ProblemException busy() {
    return ProblemException.of(
            429, "busy", "Busy", "Many people are signing in at this moment; try again soon")
        .withHeader("Retry-After", "5");
  }
}
