package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Test;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestClock;

public final class HashingQueueTest {
  private static final Turn NET = new Turn(List.of("net"), false, "net");

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger mostWorking = new AtomicInteger();

  @After
  public void stop() {
    open.countDown();
    pool.shutdownNow();
  }

  @Test
  public void shouldWorkOnFewLetSomeWaitAndSendTheOthersAway() throws Exception {
    HashingQueue queue = new HashingQueue(2, 3, Duration.ofSeconds(60), TestClock.standing());
    List<Future<Integer>> inside = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      inside.add(pool.submit(() -> queue.run(NET, this::work)));
    }
    await().until(() -> queue.inside() == 5 && working.get() == 2);

    assertThatThrownBy(() -> queue.run(NET, this::work))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.code()).isEqualTo("busy");
              assertThat(problem.headers().get("Retry-After")).matches("[1-9][0-9]*");
            });

    open.countDown();
    for (Future<Integer> one : inside) {
      assertThat(one.get(60, TimeUnit.SECONDS)).isPositive();
    }
    assertThat(mostWorking).hasValue(2);
    assertThat(queue.inside()).isZero();
    assertThat(queue.run(NET, () -> "next")).isEqualTo("next");
  }

  @Test
  public void shouldSendAwayWhoseTurnDoesNotCome() throws Exception {
    HashingQueue queue = new HashingQueue(1, 5, Duration.ofMillis(20), TestClock.standing());
    Future<Integer> first = pool.submit(() -> queue.run(NET, this::work));
    await().until(() -> working.get() == 1);

    assertThatThrownBy(() -> queue.run(NET, () -> "late"))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo("busy"));

    open.countDown();
    first.get(60, TimeUnit.SECONDS);
    assertThat(queue.inside()).isZero();
  }

  @Test
  public void shouldGiveTheTurnBackWhenTheWorkFails() {
    HashingQueue queue = new HashingQueue(1, 0, Duration.ofSeconds(60), TestClock.standing());
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  queue.run(
                      NET,
                      () -> {
                        throw new IllegalStateException("broken");
                      }))
          .hasMessage("broken");
    }

    assertThat(queue.run(NET, () -> "works")).isEqualTo("works");
  }

  @Test
  public void shouldKeepTheInterruptOfAThreadThatIsAskedToStop() {
    HashingQueue queue = new HashingQueue(1, 5, Duration.ofSeconds(60), TestClock.standing());
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> queue.run(NET, () -> "never")).isInstanceOf(ProblemException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(queue.run(NET, () -> "works")).isEqualTo("works");
  }

  private int work() {
    int now = working.incrementAndGet();
    mostWorking.accumulateAndGet(now, Math::max);
    try {
      if (!open.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Never opened");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      working.decrementAndGet();
    }
    return now;
  }
}
