package org.tonekeep.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.jobs.internal.Workshop.ALICE;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;

@RunWith(Parameterized.class)
public final class JobDispatcherTest {
  private static final String ANN = "00000000-0000-7000-8000-00000000000a";

  private final Engine engine;
  private final TestClock clock = TestClock.standing();
  private Workshop shop;

  public JobDispatcherTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    shop = new Workshop(TestDatabase.open(engine, "jobs"), clock);
  }

  @After
  public void close() {
    shop.close();
  }

  private void awaitState(JobId id, JobState state) {
    await().until(() -> shop.state(ALICE, id) == state);
  }

  @Test
  public void shouldDoAJobOnceAndShowItsProgress() {
    AtomicInteger writes = new AtomicInteger();
    Handler handler =
        new Handler(
            "stems.track",
            context -> {
              context.progress(1, 4, "decoding");
              context.commit(writes::incrementAndGet);
            });
    shop.dispatch(2, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    awaitState(id, JobState.DONE);
    Job job = shop.queue.find(ALICE, id).orElseThrow();
    assertThat(job.attempt()).isEqualTo(1);
    assertThat(job.stage()).isEqualTo("decoding");
    assertThat(job.done()).as("all of it").isEqualTo(4).isEqualTo(job.total());
    assertThat(writes).hasValue(1);
    assertThat(handler.begun).hasSize(1);
  }

  @Test
  public void shouldGoOnAfterAClassWasMissingDuringAnUpdate() {
    shop.linkageErrors.set(2);
    shop.dispatch(1, new Handler("stems.track", context -> {}));
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    awaitState(id, JobState.DONE);
    assertThat(shop.linkageErrors).hasNonPositiveValue();
  }

  @Test
  public void shouldKeepTheScheduleOfTheHousekeepingAfterAMissingClass() {
    assertThatCode(
            () ->
                Housekeeping.guarded(
                    "test",
                    () -> {
                      throw new NoClassDefFoundError("gone");
                    }))
        .doesNotThrowAnyException();
  }

  @Test
  public void shouldRetryWithGrowingPausesAndFailAfterTheLastAttempt() {
    Handler handler =
        new Handler(
            "stems.track",
            context -> {
              throw new IOException("the disk of ann@example.org is away");
            });
    shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    for (int attempt = 1; attempt < JobQueue.MAX_ATTEMPTS; attempt++) {
      int now = attempt;
      await().until(() -> handler.begun.size() == now && shop.state(ALICE, id) == JobState.WAITING);
      Job job = shop.queue.find(ALICE, id).orElseThrow();
      long pause = Duration.between(clock.instant(), job.runAt()).toMillis();
      long plain = 1_000L << (attempt - 1);
      assertThat(pause).isBetween(plain * 8 / 10, plain * 12 / 10);
      assertThat(job.failure()).contains("tried again").doesNotContain("Exception");
      assertThat(job.failure()).doesNotContain("ann@example.org");
      clock.advance(Duration.ofMillis(pause));
    }
    awaitState(id, JobState.FAILED);
    assertThat(handler.begun).hasSize(JobQueue.MAX_ATTEMPTS);
    assertThat(handler.failures).hasSize(1);
    assertThat(shop.queue.retry(ALICE, id)).isTrue();
    await().until(() -> handler.begun.size() == JobQueue.MAX_ATTEMPTS + 1);
  }

  @Test
  public void shouldWaitWithoutCountingAttemptsWhileAnAdapterIsAway() {
    AtomicInteger looks = new AtomicInteger();
    int absences = 2 * JobQueue.MAX_ATTEMPTS;
    Handler handler =
        new Handler(
            "stems.track",
            context -> {
              if (looks.getAndIncrement() < absences) {
                throw new AdapterMissingException("storage.adapter=s3");
              }
            });
    shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    for (int look = 1; look <= absences; look++) {
      int now = look;
      await().until(() -> looks.get() == now && shop.state(ALICE, id) == JobState.WAITING);
      Job job = shop.queue.find(ALICE, id).orElseThrow();
      assertThat(job.attempt()).isZero();
      assertThat(job.failure()).contains("storage.adapter=s3");
      clock.advance(JobRun.ADAPTER_WAIT);
    }
    awaitState(id, JobState.DONE);
    Job job = shop.queue.find(ALICE, id).orElseThrow();
    assertThat(job.attempt()).isEqualTo(1);
    assertThat(job.failure()).isNull();
    assertThat(handler.failures).isEmpty();
  }

  @Test
  public void shouldFailAtOnceWhenTryingAgainWillNotHelp() {
    Handler handler =
        new Handler(
            "stems.track",
            context -> {
              throw new JobFailedException("There is no audio in it");
            });
    shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    awaitState(id, JobState.FAILED);
    assertThat(handler.failures).containsExactly("There is no audio in it");
    assertThat(shop.queue.find(ALICE, id).orElseThrow().failure())
        .isEqualTo("There is no audio in it");
  }

  @Test
  public void shouldStopARunningJobThatIsCancelledAndWriteNothing() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicInteger writes = new AtomicInteger();
    Handler handler =
        new Handler(
            "stems.track",
            context -> {
              cancelled.await();
              context.commit(writes::incrementAndGet);
            });
    shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    await().until(() -> handler.begun.size() == 1);
    assertThat(shop.queue.cancel(ALICE, id)).isTrue();
    cancelled.countDown();
    awaitState(id, JobState.CANCELLED);
    assertThat(writes).hasValue(0);
    assertThat(handler.failures).isEmpty();
  }

  @Test
  public void shouldNotLetAnAttemptWriteThatLostItsLease() throws Exception {
    Semaphore goOn = new Semaphore(0);
    List<Integer> writers = new CopyOnWriteArrayList<>();
    List<Throwable> refused = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler(
            "stems.track",
            context -> {
              goOn.acquire();
              try {
                context.commit(() -> writers.add(context.job().attempt()));
              } catch (CancellationException e) {
                refused.add(e);
                throw e;
              }
            });
    JobDispatcher old = shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    await().until(() -> handler.begun.size() == 1);
    assertThat(old.runs()).hasSize(1);
    // The world believes that the worker is dead.
    assertThat(shop.leases.reclaim(ALICE, clock.instant().plusSeconds(60), clock.instant()))
        .isEqualTo(1);
    JobDispatcher young = shop.dispatcher(1, shop.signals, handler);
    young.start();
    await().until(() -> handler.begun.size() == 2);
    goOn.release(2);
    awaitState(id, JobState.DONE);
    await().until(() -> refused.size() == 1);
    assertThat(writers).containsExactly(2);
  }

  @Test
  public void shouldCountACrashAsAnAttemptAndFailWhenTheyAreUsedUp() {
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    for (int i = 0; i < JobQueue.MAX_ATTEMPTS; i++) {
      Optional<Claim> claim =
          shop.leases.claim(
              ALICE,
              List.of("stems.track"),
              Set.of(),
              "",
              "node",
              clock.instant(),
              clock.instant().plusSeconds(30));
      assertThat(claim.orElseThrow().job().attempt()).isEqualTo(i + 1);
      clock.advance(Duration.ofSeconds(31));
      shop.leases.reclaim(ALICE, clock.instant(), clock.instant());
    }
    Handler handler = new Handler("stems.track", context -> {});
    shop.dispatch(1, handler);
    awaitState(id, JobState.FAILED);
    assertThat(handler.begun).isEmpty();
    assertThat(handler.failures).hasSize(1);
  }

  @Test
  public void shouldKeepTheLeaseOfALongJob() {
    Semaphore goOn = new Semaphore(0);
    Handler handler = new Handler("stems.track", context -> goOn.acquire());
    JobDispatcher dispatcher = shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    await().until(() -> handler.begun.size() == 1);
    clock.advance(Duration.ofSeconds(29));
    dispatcher.runs().forEach(JobRun::beat);
    clock.advance(Duration.ofSeconds(29));
    assertThat(shop.leases.reclaim(ALICE, clock.instant(), clock.instant())).isZero();
    goOn.release();
    awaitState(id, JobState.DONE);
  }

  @Test
  public void shouldWaitForHandlerAndFeatureWithoutCountingAttempts() {
    shop.off.add("stems");
    Handler handler = new Handler("stems.track", context -> {});
    Handler marker = new Handler("core.marker", context -> {});
    JobDispatcher dispatcher = shop.dispatch(1, marker);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    awaitState(shop.enqueue(ALICE, ANN, "core.marker"), JobState.DONE);
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.WAITING);
    dispatcher.bindHandler(handler);
    awaitState(shop.enqueue(ALICE, ANN, "core.marker"), JobState.DONE);
    assertThat(shop.queue.find(ALICE, id).orElseThrow().attempt()).isZero();
    shop.off.clear();
    awaitState(id, JobState.DONE);
    assertThat(shop.queue.find(ALICE, id).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  public void shouldDoOnlyTheCoresWorkForASuspendedTenant() {
    shop.suspend(ALICE);
    Handler stems = new Handler("stems.track", context -> {});
    Handler core = new Handler("core.delete-blob", context -> {});
    shop.dispatch(1, stems, core);
    JobId waits = shop.enqueue(ALICE, ANN, "stems.track");
    awaitState(shop.enqueue(ALICE, ANN, "core.delete-blob"), JobState.DONE);
    assertThat(shop.state(ALICE, waits)).isEqualTo(JobState.WAITING);
  }

  @Test
  public void shouldGiveAJobBackWhenItsHandlerGoesAndFinishItWhenItReturns() throws Exception {
    CountDownLatch forever = new CountDownLatch(1);
    AtomicReference<Thread> worker = new AtomicReference<>();
    Handler handler =
        new Handler(
            "stems.track",
            context -> {
              worker.set(Thread.currentThread());
              forever.await();
            });
    JobDispatcher dispatcher = shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    await().until(() -> worker.get() != null);
    dispatcher.unbindHandler(handler);
    assertThat(dispatcher.runs()).noneMatch(r -> r.job().id().equals(id));
    Job back = shop.queue.find(ALICE, id).orElseThrow();
    assertThat(back.state()).isEqualTo(JobState.WAITING);
    assertThat(back.attempt()).isZero();
    dispatcher.bindHandler(new Handler("stems.track", context -> {}));
    awaitState(id, JobState.DONE);
  }

  @Test
  public void shouldGiveJobsBackWhenTheNodeStops() {
    Handler handler = new Handler("stems.track", context -> new CountDownLatch(1).await());
    JobDispatcher dispatcher = shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    await().until(() -> handler.begun.size() == 1);
    dispatcher.stop();
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.WAITING);
    assertThat(shop.queue.find(ALICE, id).orElseThrow().attempt()).isZero();
    assertThat(dispatcher.alive()).isFalse();
  }

  @Test
  public void shouldRollBackTheWorkAndRetryWhenItsWritingEndFails() {
    AtomicInteger calls = new AtomicInteger();
    Handler handler =
        new Handler(
            "stems.track",
            context ->
                context.commit(
                    () -> {
                      shop.enqueue(ALICE, ANN, "later.follow-up");
                      if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("half way");
                      }
                    }));
    shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    await().until(() -> calls.get() == 1 && shop.state(ALICE, id) == JobState.WAITING);
    assertThat(shop.queue.list(ALICE, null, 10)).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    awaitState(id, JobState.DONE);
    assertThat(shop.queue.list(ALICE, null, 10)).hasSize(2);
  }
}
