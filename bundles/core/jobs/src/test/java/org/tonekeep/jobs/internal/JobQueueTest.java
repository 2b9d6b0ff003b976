package org.tonekeep.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.jobs.internal.Workshop.ALICE;
import static org.tonekeep.jobs.internal.Workshop.BOB;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;

@RunWith(Parameterized.class)
public final class JobQueueTest {
  private static final String ANN = "00000000-0000-7000-8000-00000000000a";
  private static final String BEN = "00000000-0000-7000-8000-00000000000b";

  private final Engine engine;
  private final TestClock clock = TestClock.standing();
  private Workshop shop;

  public JobQueueTest(Engine engine) {
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

  @Test
  public void shouldReturnWhatWasEnqueued() {
    Map<String, String> payload = Map.of("a=b", "c\\d\ne", "n", "42", "empty", "");
    JobRequest request = new JobRequest(ANN, "stems.track", "s", payload);
    JobId id = shop.queue.enqueue(ALICE, request);
    Job job = shop.queue.find(ALICE, id).orElseThrow();
    assertThat(job.request()).isEqualTo(request);
    assertThat(job.state()).isEqualTo(JobState.WAITING);
    assertThat(job.createdAt()).isEqualTo(clock.instant());
  }

  @Test
  public void shouldRefuseAnEntryThatIsTooLong() {
    JobRequest request = new JobRequest(ANN, "stems.track", "s", Map.of("n", "x".repeat(100)));
    assertThatThrownBy(() -> shop.queue.enqueue(ALICE, request))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void shouldForgetTheJobWhenItsTransactionRollsBack() {
    assertThatThrownBy(
            () ->
                shop.db
                    .tx()
                    .run(
                        ALICE,
                        () -> {
                          shop.enqueue(ALICE, ANN, "stems.track");
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    assertThat(shop.queue.list(ALICE, null, 10)).isEmpty();
  }

  @Test
  public void shouldNeverShowAnotherTenantsJob() {
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    assertThat(shop.queue.find(BOB, id)).isEmpty();
    assertThat(shop.queue.ofSubject(BOB, "subject")).isEmpty();
    assertThat(shop.queue.list(BOB, null, 10)).isEmpty();
    assertThat(shop.table.ofOwner(BOB, ANN, "", "", 10)).isEmpty();
    assertThat(shop.queue.cancel(BOB, id)).isFalse();
    assertThat(shop.queue.retry(BOB, id)).isFalse();
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.WAITING);
  }

  @Test
  public void shouldListNewestFirstAndPageByOwner() {
    JobId first = shop.enqueue(ALICE, ANN, "stems.track");
    clock.advance(Duration.ofMillis(5));
    JobId second = shop.enqueue(ALICE, ANN, "stems.track");
    clock.advance(Duration.ofMillis(5));
    shop.enqueue(ALICE, BEN, "stems.track");
    List<Job> page = shop.table.ofOwner(ALICE, ANN, "subject", "", 1);
    assertThat(page).extracting(Job::id).containsExactly(second);
    assertThat(shop.table.ofOwner(ALICE, ANN, "subject", second.value(), 5))
        .extracting(Job::id)
        .containsExactly(first);
    assertThat(shop.queue.ofSubject(ALICE, "subject")).hasSize(3);
    assertThat(shop.queue.list(ALICE, JobState.DONE, 5)).isEmpty();
    assertThat(shop.queue.list(ALICE, JobState.WAITING, 5)).hasSize(3);
  }

  @Test
  public void shouldEndAWaitingJobWhenCancelledAndBringItBackOnRetry() {
    JobId id = shop.enqueue(ALICE, ANN, "stems.track");
    assertThat(shop.queue.retry(ALICE, id)).as("nothing to retry").isFalse();
    assertThat(shop.queue.cancel(ALICE, id)).isTrue();
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.CANCELLED);
    assertThat(shop.queue.cancel(ALICE, id)).as("it has ended").isFalse();
    assertThat(shop.queue.retry(ALICE, id)).isTrue();
    assertThat(shop.state(ALICE, id)).isEqualTo(JobState.WAITING);
  }

  @Test
  public void shouldForgetEndedJobsAfterSevenDays() {
    shop.handlers.add(new Handler("stems.track", context -> {}));
    JobId ended = shop.enqueue(ALICE, ANN, "stems.track");
    shop.queue.cancel(ALICE, ended);
    JobId others = shop.enqueue(BOB, ANN, "stems.track");
    shop.queue.cancel(BOB, others);
    JobId waiting = shop.enqueue(ALICE, ANN, "stems.track");
    assertThat(shop.table.purgeEnded(ALICE, clock.instant())).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(shop.table.purgeEnded(ALICE, clock.instant())).isEqualTo(1);
    assertThat(shop.queue.find(ALICE, ended)).isEmpty();
    assertThat(shop.queue.find(ALICE, waiting)).isPresent();
    assertThat(shop.queue.find(BOB, others)).isPresent();
  }

  @Test
  public void shouldExportAndEraseOneAccountAndKeepWhatThePlatformOwes() {
    JobId own = shop.enqueue(ALICE, ANN, "stems.track");
    JobId owed = shop.enqueue(ALICE, ANN, "core.delete-blob");
    JobId neighbours = shop.enqueue(ALICE, BEN, "stems.track");
    JobId namesakes = shop.enqueue(BOB, ANN, "stems.track");
    JobsData data = new JobsData(shop.table, shop.signals, shop.db.tx());
    AccountId ann = new AccountId(ANN);
    assertThat(data.export(ALICE, ann).get("job"))
        .extracting(row -> row.get("id"))
        .containsExactlyInAnyOrder(own.value(), owed.value());
    data.erase(ALICE, ann);
    data.erase(ALICE, ann);
    assertThat(data.export(ALICE, ann).get("job")).isEmpty();
    assertThat(shop.queue.find(ALICE, own)).isEmpty();
    assertThat(shop.queue.find(ALICE, owed).orElseThrow().request().owner()).isEmpty();
    assertThat(shop.queue.find(ALICE, neighbours)).isPresent();
    assertThat(shop.queue.find(BOB, namesakes)).isPresent();
  }
}
