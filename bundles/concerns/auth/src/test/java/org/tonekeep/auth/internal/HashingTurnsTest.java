package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
  public void shouldGiveAStartToNetworksFromWhichSomebodySignedIn() throws Exception {
    queue.known("home");
    ask("busy");
    for (int i = 0; i < 5; i++) {
      ask("stranger-" + i);
    }
    ask("home");

    finish();

    assertThat(done).startsWith("busy", "home");
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
  public void shouldLetOneNetworkWaitTenTimesOnly() throws Exception {
    for (int i = 0; i < 11; i++) {
      ask("flood");
    }

    assertThatThrownBy(() -> queue.run("flood", () -> "one more"))
        .isInstanceOf(ProblemException.class);

    ask("owner");
    finish();
    assertThat(done).hasSize(12).contains("owner");
  }

  @Test
  public void shouldSendAwayTheLastWhenTheRoomIsFull() throws Exception {
    ask("running");
    for (int i = 0; i < 10; i++) {
      ask("flood-1");
    }
    queue.known("owner");
    ask("flood-2");
    ask("flood-2");
    Future<String> refused = futures.get(10);

    Future<String> owner = pool.submit(() -> queue.run("owner", () -> work("owner")));
    await().until(() -> futures.stream().anyMatch(Future::isDone));

    through.release(100);
    assertThat(owner.get(60, TimeUnit.SECONDS)).isEqualTo("owner");
    assertThat(done.indexOf("owner")).isLessThanOrEqualTo(1);
    assertThat(refused).isNotNull();
  }

  private void ask(String network) {
    int inside = queue.inside();
    futures.add(pool.submit(() -> queue.run(network, () -> work(network))));
    await().until(() -> queue.inside() == inside + 1);
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
