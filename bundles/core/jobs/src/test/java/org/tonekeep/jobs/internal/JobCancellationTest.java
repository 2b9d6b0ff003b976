package org.tonekeep.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.jobs.internal.Workshop.ALICE;
import static org.tonekeep.jobs.internal.Workshop.BOB;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;

@RunWith(Parameterized.class)
public final class JobCancellationTest {
  private static final String ANN = "00000000-0000-7000-8000-00000000000a";
  private static final String KIND = "stems.track";

  private final Engine engine;
  private final TestClock clock = TestClock.standing();
  private Workshop shop;

  public JobCancellationTest(Engine engine) {
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

  private void tell() {
    UntoldJobs untold = new UntoldJobs(shop.table, shop.handlers, shop.db.tx());
    untold.tell(ALICE);
    untold.tell(BOB);
  }

  private static Handler quiet() {
    return new Handler(KIND, context -> {});
  }

  /** A handler whose job runs until it is cancelled. */
  private static Handler endless() {
    CountDownLatch never = new CountDownLatch(1);
    return new Handler(
        KIND,
        context -> {
          while (!never.await(5, TimeUnit.MILLISECONDS)) {
            context.checkCancelled();
          }
        });
  }

  @Test
  public void shouldTellTheHandlerOfAWaitingJobInTheTransactionThatEndsIt() {
    Handler handler = quiet();
    shop.handlers.add(handler);
    JobId id = shop.enqueue(ALICE, ANN, KIND);
    handler.whenCancelled =
        () -> {
          shop.enqueue(ALICE, ANN, "later.follow-up");
          throw new IllegalStateException("half way");
        };
    assertThatThrownBy(() -> shop.queue.cancel(ALICE, id)).hasMessage("half way");
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.WAITING);
    assertThat(shop.queue.list(ALICE, null, 10)).hasSize(1);
    handler.whenCancelled = () -> {};
    assertThat(shop.queue.cancel(ALICE, id)).isTrue();
    assertThat(handler.cancelled).extracting(Job::id).containsExactly(id);
    tell();
    assertThat(handler.cancelled).as("once").hasSize(1);
  }

  @Test
  public void shouldTellTheHandlerOfARunningJobWithItsEnd() {
    Handler handler = endless();
    shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, KIND);
    await().until(() -> handler.begun.size() == 1);
    assertThat(shop.queue.cancel(ALICE, id)).isTrue();
    await().until(() -> shop.state(ALICE, id) == JobState.CANCELLED);
    assertThat(handler.cancelled).extracting(Job::id).containsExactly(id);
    assertThat(handler.failures).isEmpty();
    tell();
    assertThat(handler.cancelled).as("once").hasSize(1);
  }

  @Test
  public void shouldTellLaterWhenTheHandlerCouldNotEndItsPart() {
    Handler handler = endless();
    handler.whenCancelled =
        () -> {
          throw new IllegalStateException("the store is away");
        };
    shop.dispatch(1, handler);
    JobId id = shop.enqueue(ALICE, ANN, KIND);
    await().until(() -> handler.begun.size() == 1);
    shop.queue.cancel(ALICE, id);
    await().until(() -> shop.state(ALICE, id) == JobState.CANCELLED);
    tell();
    assertThat(handler.cancelled).isEmpty();
    handler.whenCancelled = () -> {};
    tell();
    assertThat(handler.cancelled).hasSize(1);
  }

  @Test
  public void shouldTellAHandlerThatWasAwayWhenItIsBack() {
    JobDispatcher dispatcher = shop.dispatch(1);
    JobId id = shop.enqueue(ALICE, ANN, KIND);
    JobId others = shop.enqueue(BOB, ANN, KIND);
    assertThat(shop.queue.cancel(ALICE, id)).isTrue();
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.CANCELLED);
    clock.advance(Duration.ofDays(30));
    assertThat(shop.table.purgeEnded(ALICE, clock.instant())).as("it is owed").isZero();
    Handler handler = quiet();
    dispatcher.bindHandler(handler);
    await().atMost(30, TimeUnit.SECONDS).until(() -> handler.cancelled.size() == 1);
    assertThat(handler.cancelled.get(0).id()).isEqualTo(id);
    await().until(() -> shop.state(BOB, others) == JobState.DONE);
    assertThat(shop.table.told(ALICE, id)).as("it is told already").isFalse();
    assertThat(shop.table.purgeEnded(ALICE, clock.instant())).isEqualTo(1);
  }

  @Test
  public void shouldTellTheHandlerOfAJobWhoseWorkerDied() {
    JobId id = shop.enqueue(ALICE, ANN, KIND);
    assertThat(
            shop.leases.claim(
                ALICE,
                List.of(KIND),
                Set.of(),
                "",
                "node",
                clock.instant(),
                clock.instant().plusSeconds(30)))
        .isPresent();
    assertThat(shop.queue.cancel(ALICE, id)).isTrue();
    clock.advance(Duration.ofSeconds(31));
    assertThat(shop.leases.reclaim(ALICE, clock.instant(), clock.instant())).isEqualTo(1);
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.CANCELLED);
    Handler handler = quiet();
    shop.handlers.add(handler);
    tell();
    assertThat(handler.cancelled).extracting(Job::id).containsExactly(id);
  }

  @Test
  public void shouldNotTellOfAJobThatWasRetriedMeanwhile() {
    JobId id = shop.enqueue(ALICE, ANN, KIND);
    shop.queue.cancel(ALICE, id);
    shop.queue.retry(ALICE, id);
    Handler handler = quiet();
    shop.handlers.add(handler);
    tell();
    assertThat(handler.cancelled).isEmpty();
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.WAITING);
  }

  @Test
  public void shouldTellAllOfManyPageByPage() {
    for (int i = 0; i < 205; i++) {
      shop.queue.cancel(ALICE, shop.enqueue(ALICE, ANN, KIND));
    }
    Handler handler = quiet();
    shop.handlers.add(handler);
    tell();
    assertThat(handler.cancelled).extracting(Job::id).hasSize(205).doesNotHaveDuplicates();
  }
}
