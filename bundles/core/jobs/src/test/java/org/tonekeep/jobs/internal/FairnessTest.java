package org.tonekeep.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.jobs.internal.Workshop.ALICE;
import static org.tonekeep.jobs.internal.Workshop.BOB;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Who has the next turn, and that two nodes never take the same. */
@RunWith(Parameterized.class)
public final class FairnessTest {
  private static final String ANN = "00000000-0000-7000-8000-00000000000a";
  private static final String BEN = "00000000-0000-7000-8000-00000000000b";

  private final Engine engine;
  private Workshop shop;

  public FairnessTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    shop = new Workshop(TestDatabase.open(engine, "jobs"), TestClock.standing());
  }

  @After
  public void close() {
    shop.close();
  }

  @Test
  public void shouldNotLetATenantWithAThousandJobsStarveAnother() {
    shop.db
        .tx()
        .run(
            ALICE,
            () -> {
              for (int i = 0; i < 1_000; i++) {
                shop.enqueue(ALICE, ANN, "stems.track");
              }
            });
    Semaphore goOn = new Semaphore(0);
    Handler handler = new Handler("stems.track", context -> goOn.acquire());
    shop.dispatch(1, handler);
    await().until(() -> handler.begun.size() == 1);
    shop.enqueue(ALICE, BEN, "stems.track");
    shop.enqueue(BOB, ANN, "stems.track");
    goOn.release(2);
    await().until(() -> handler.begun.size() == 3);
    goOn.release(1);
    await().until(() -> handler.begun.size() == 4);
    List<String> turns = new ArrayList<>();
    handler.begun.forEach(j -> turns.add(j.tenant() + " " + j.request().owner()));
    assertThat(turns.subList(1, 4))
        .as("the other tenant and the other account have their turn before the thousand go on")
        .contains("bob " + ANN, "alice " + BEN);
    goOn.release(2_000);
  }

  @Test
  public void shouldDoEachJobOnceWithTwoNodes() throws Exception {
    Map<String, AtomicInteger> done = new java.util.concurrent.ConcurrentHashMap<>();
    Handler.Work work =
        context ->
            context.commit(
                () ->
                    done.computeIfAbsent(context.job().id().value(), i -> new AtomicInteger())
                        .incrementAndGet());
    Handler one = new Handler("stems.track", work);
    Handler two = new Handler("stems.track", work);
    shop.dispatcher(3, new JobSignals(), one).start();
    shop.dispatcher(3, new JobSignals(), two).start();
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ids.add(shop.enqueue(ALICE, i % 3 == 0 ? ANN : BEN, "stems.track"));
    }
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> shop.queue.list(ALICE, JobState.DONE, 200).size() == 100);
    assertThat(done.values()).extracting(AtomicInteger::get).containsOnly(1);
    assertThat(done).hasSize(100);
    assertThat(one.begun.size() + two.begun.size()).isEqualTo(100);
    if (engine == Engine.POSTGRES) {
      assertThat(one.begun).as("both nodes work").isNotEmpty();
      assertThat(two.begun).as("both nodes work").isNotEmpty();
    }
    assertThat(ids).hasSize(100);
  }
}
