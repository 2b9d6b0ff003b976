package org.tonekeep.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>There are two rooms. Who is known (see {@link Turn#known}) waits in one of his own, which no
 * stranger can fill, and comes first, but for every third turn. In a room, the widest network that
 * has hashed least lately comes first, in it the narrower one that has, and so on: a flood waits
 * behind itself, also one from the many networks of one subscriber, and whoever comes from
 * elsewhere waits for the one hash that is running. When a room or a widest network has too many,
 * the one of them who would be last gives way. Everything is in memory.
 */
@Component(service = HashingQueue.class, immediate = true) // one bound for all
public final class HashingQueue {
  private static final int WAITING = 50;
  private static final int OF_ONE_NETWORK = 10;
  private static final int KNOWN_IN_A_ROW = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Who comes first waits long only where the machine is starved: no reason to send him away. */
  private static final int PATIENCE_OF_KNOWN = 6;

  private static final int REMEMBERED = 10_000;
  private static final int MOST_NAMES = 4;
  private static final double HALF_LIFE_MILLIS = 30_000;

  private final int atOnce;
  private final int waitingMost;
  private final Duration patience;
  private final Clock clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiting = new ArrayList<>();
  private final Map<String, Use> uses =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Use> eldest) {
          return size() > REMEMBERED;
        }
      };
  private int running;
  private int knownInARow;
  private long arrivals;

  /** Hashes of a name, halved every half-life. */
  private record Use(double amount, long millis) {
    double at(long now) {
      return amount * Math.pow(2, -(now - millis) / HALF_LIFE_MILLIS);
    }
  }

  private static final class Waiter {
    final Turn turn;
    final long arrival;
    final Condition called;
    boolean mine;
    boolean sentAway;

    Waiter(Turn turn, long arrival, Condition called) {
      this.turn = turn;
      this.arrival = arrival;
      this.called = called;
    }
  }

  @Activate
  public HashingQueue(@Reference Clock clock) {
    this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), WAITING, PATIENCE, clock);
  }

  /**
   * @param waiting places in each of the two rooms
   */
  HashingQueue(int atOnce, int waiting, Duration patience, Clock clock) {
    this.atOnce = atOnce;
    this.waitingMost = waiting;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Does the work when it is its turn.
   *
   * @throws ProblemException 429 {@code busy} with {@code Retry-After} when too many wait, or the
   *     turn did not come in time
   */
  <T> T run(Turn turn, Supplier<T> work) {
    await(turn);
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  private void await(Turn turn) {
    try {
      lock.lockInterruptibly();
      try {
        if (running < atOnce && waiting.isEmpty()) {
          begin(turn);
        } else {
          Waiter waiter = newcomer(turn);
          waiting.add(waiter);
          lastOfTooMany(waiter).ifPresent(this::sendAway);
          awaitCall(waiter);
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
   * Refuses at once whom {@link #run} would refuse at once, before other work is done for him.
   *
   * @throws ProblemException 429 {@code busy}
   */
  void requireRoom(Turn turn) {
    lock.lock();
    try {
      Waiter asking = newcomer(turn);
      waiting.add(asking);
      boolean last = lastOfTooMany(asking).filter(asking::equals).isPresent();
      waiting.remove(asking);
      if (last && running >= atOnce) {
        throw busy();
      }
    } finally {
      lock.unlock();
    }
  }

  private Waiter newcomer(Turn turn) {
    return new Waiter(turn, arrivals++, lock.newCondition());
  }

  /** Who gives way to the newcomer, or is he himself; empty while there is room. */
  private Optional<Waiter> lastOfTooMany(Waiter newcomer) {
    List<Waiter> room =
        waiting.stream().filter(w -> w.turn.known() == newcomer.turn.known()).toList();
    if (!newcomer.turn.known()) {
      List<Waiter> neighbours =
          room.stream().filter(w -> w.turn.widest().equals(newcomer.turn.widest())).toList();
      if (neighbours.size() > OF_ONE_NETWORK) {
        return Optional.of(Collections.max(neighbours, order()));
      }
    }
    return room.size() > waitingMost
        ? Optional.of(Collections.max(room, order()))
        : Optional.empty();
  }

  private void sendAway(Waiter last) {
    waiting.remove(last);
    last.sentAway = true;
    last.called.signal();
  }

  private void awaitCall(Waiter waiter) throws InterruptedException {
    long nanos = patience.toNanos() * (waiter.turn.known() ? PATIENCE_OF_KNOWN : 1);
    try {
      while (!waiter.mine) {
        if (waiter.sentAway || nanos <= 0) {
          throw busy();
        }
        nanos = waiter.called.awaitNanos(nanos);
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
      Waiter next = next();
      waiting.remove(next);
      next.mine = true;
      begin(next.turn);
      next.called.signal();
    }
  }

  /** The first of those who are known, but a stranger after two of them. */
  private Waiter next() {
    boolean known = knownInARow < KNOWN_IN_A_ROW;
    return waiting.stream()
        .filter(w -> w.turn.known() == known)
        .min(order())
        .orElseGet(() -> Collections.min(waiting, order()));
  }

  private void begin(Turn turn) {
    running++;
    knownInARow = turn.known() ? knownInARow + 1 : 0;
    long now = clock.millis();
    for (String name : turn.names()) {
      uses.put(name, new Use(1 + use(name, now), now));
    }
  }

  private Comparator<Waiter> order() {
    long now = clock.millis();
    Comparator<Waiter> order = Comparator.comparingDouble(w -> use(w, 0, now));
    for (int i = 1; i < MOST_NAMES; i++) {
      int level = i;
      order = order.thenComparingDouble(w -> use(w, level, now));
    }
    return order.thenComparingLong(w -> w.arrival);
  }

  private double use(Waiter waiter, int level, long now) {
    List<String> names = waiter.turn.names();
    return use(names.get(Math.min(level, names.size() - 1)), now);
  }

  private double use(String name, long now) {
    Use use = uses.get(name);
    return use == null ? 0 : use.at(now);
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

  private static ProblemException busy() {
    return ProblemException.of(
            429, "busy", "Busy", "Many people are signing in at this moment; try again soon")
        .withHeader("Retry-After", "5");
  }
}
