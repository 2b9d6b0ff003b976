package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestClock;

/** Whose turn it is, on one processor whose work the test lets through one by one. */
public final class HashingTurnsTest {
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Semaphore through = new Semaphore(0);
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final List<Future<String>> futures = new ArrayList<>();
  private final TestClock clock = TestClock.standing();
  private final HashingQueue queue = new HashingQueue(1, 12, Duration.ofSeconds(60), clock);

  @After
  public void stop() {
    pool.shutdownNow();
  }

  @Test
  public void shouldLetWhoeverComesFromElsewherePassAFlood() throws Exception {
    for (int i = 0; i < 6; i++) {
      ask("flood-1");
      ask("flood-2");
    }
    ask("owner");

    finish();

    assertThat(done.indexOf("owner")).isLessThanOrEqualTo(2);
  }

  @Test
  public void shouldTakeTheManyNetworksOfOneSubscriberForOne() throws Exception {
    for (int i = 0; i < 11; i++) {
      ask(stranger("prefix", "network-" + i));
    }
    ask("owner");
    ask("owner");

    finish();

    assertThat(done.indexOf("owner")).isEqualTo(1);
    assertThat(done.lastIndexOf("owner")).isLessThanOrEqualTo(3);
  }

  @Test
  public void shouldShareAWideNetworkAmongTheNarrowOnes() throws Exception {
    for (int i = 0; i < 9; i++) {
      ask(stranger("provider", "flood"));
    }
    ask(stranger("provider", "neighbour"));

    finish();

    assertThat(done.indexOf("neighbour")).isEqualTo(1);
  }

  @Test
  public void shouldLetWhoIsKnownPassStrangersButForAThirdOfTheTurns() throws Exception {
    ask("busy");
    for (int i = 0; i < 3; i++) {
      ask("stranger-" + i);
    }
    for (int i = 0; i < 6; i++) {
      ask(stranger("elsewhere", "home").known("pair-" + i));
    }

    finish();

    assertThat(done.stream().map(name -> name.replaceAll("-.*", "")))
        .containsExactly(
            "busy",
            "pair",
            "pair",
            "stranger",
            "pair",
            "pair",
            "stranger",
            "pair",
            "pair",
            "stranger");
  }

  @Test
  public void shouldForgetAFloodAfterMinutes() throws Exception {
    for (int i = 0; i < 5; i++) {
      ask("once-flooding");
      finish();
    }
    clock.advance(Duration.ofMinutes(10));
    ask("first");
    ask("once-flooding");
    ask("first");

    finish();

    assertThat(done.subList(5, 8)).containsExactly("first", "once-flooding", "first");
  }

  @Test
  public void shouldLetOneWideNetworkWaitTenTimesOnly() throws Exception {
    for (int i = 0; i < 11; i++) {
      ask(stranger("prefix", "network-" + i));
    }

    assertThatThrownBy(() -> queue.run(stranger("prefix", "another"), () -> "one more"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> queue.requireRoom(stranger("prefix", "another")))
        .isInstanceOf(ProblemException.class);
    queue.requireRoom(stranger("elsewhere", "owner"));
    queue.requireRoom(stranger("prefix", "home").known("pair"));

    ask("owner");
    finish();
    assertThat(done).hasSize(12).contains("owner");
  }

  @Test
  public void shouldSendAwayTheLastOfAFloodForItsNeighbour() throws Exception {
    for (int i = 0; i < 11; i++) {
      ask(stranger("prefix", "flood"));
    }

    Future<String> neighbour = submit(stranger("prefix", "neighbour"));
    await().until(() -> futures.stream().filter(Future::isDone).count() == 1);

    through.release(100);
    assertThat(neighbour.get(60, TimeUnit.SECONDS)).isEqualTo("neighbour");
    assertThat(done.indexOf("neighbour")).isEqualTo(1);
  }

  @Test
  public void shouldSendAwayTheLastStrangerWhenTheRoomIsFullAndNobodyWhoIsKnown() throws Exception {
    ask("flood-1");
    ask("flood-2");
    finish();
    ask("running");
    for (int i = 0; i < 6; i++) {
      ask("flood-1");
      ask("flood-2");
    }
    List<Future<String>> known = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      known.add(submit(stranger("elsewhere", "home").known("pair-" + i)));
    }
    await().until(() -> queue.inside() == 25);

    Future<String> owner = submit(stranger("new", "owner"));
    await().until(() -> futures.stream().filter(Future::isDone).count() == 1);

    through.release(100);
    assertThat(owner.get(60, TimeUnit.SECONDS)).isEqualTo("owner");
    for (Future<String> one : known) {
      assertThat(one.get(60, TimeUnit.SECONDS)).startsWith("pair");
    }
    assertThat(done.indexOf("owner")).isLessThanOrEqualTo(2 + 3);
    assertThat(futures.stream().filter(HashingTurnsTest::refused)).hasSize(1);
  }

  private static boolean refused(Future<String> future) {
    try {
      return future.get(60, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException e) {
      return e.getCause() instanceof ProblemException;
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static Turn stranger(String wide, String narrow) {
    return new Turn(List.of(wide, narrow), false, narrow);
  }

  private void ask(String network) {
    ask(new Turn(List.of(network), false, network));
  }

  private void ask(Turn turn) {
    int inside = queue.inside();
    futures.add(submit(turn));
    await().until(() -> queue.inside() == inside + 1);
  }

  private Future<String> submit(Turn turn) {
    return pool.submit(() -> queue.run(turn, () -> work(turn.limit())));
  }

  private void finish() throws Exception {
    through.release(futures.size());
    for (Future<String> future : futures) {
      assertThat(future.get(60, TimeUnit.SECONDS)).isNotEmpty();
    }
    futures.clear();
    through.drainPermits();
  }

  private String work(String network) {
    try {
      if (!through.tryAcquire(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Never let through");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    done.add(network);
    return network;
  }
}
