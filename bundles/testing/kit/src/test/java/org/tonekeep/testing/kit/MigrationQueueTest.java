package org.tonekeep.testing.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.persistence.internal.Migration;
import org.tonekeep.persistence.internal.MigrationQueue;
import org.tonekeep.persistence.internal.Migrator;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** The database may come long after the bundles. */
public class MigrationQueueTest {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final TestDatabase db = TestDatabase.open(Engine.DERBY);
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> migrated = new CopyOnWriteArrayList<>();
  private volatile SQLException down = new SQLTransientConnectionException("not there", "08001");
  private MigrationQueue queue;

  @Before
  public void open() {
    queue = new MigrationQueue(new Migrator(source(), Clock.systemUTC()), PAUSE);
  }

  @After
  public void close() {
    queue.close();
    db.close();
  }

  @Test
  public void shouldTryAgainUntilTheDatabaseIsThere() {
    queue.add("org.tonekeep.two", units(), migrated::add);
    await().until(() -> asked.get() >= 3);

    assertThat(queue.undone())
        .singleElement()
        .asString()
        .startsWith("org.tonekeep.two: waits for the database")
        .contains("08001");
    assertThat(migrated).isEmpty();

    down = null;
    await().until(() -> queue.undone().isEmpty());
    assertThat(migrated).containsExactly("two");
  }

  @Test
  public void shouldTryAgainForAPasswordThatThePoolReports() {
    down = new SQLTransientConnectionException("pool", "28P01");
    queue.add("org.tonekeep.two", units(), migrated::add);
    await().until(() -> asked.get() >= 2);
    down = null;
    await().until(() -> queue.undone().isEmpty());
  }

  @Test
  public void shouldNotRepeatAMigrationThatIsWrong() {
    down = null;
    queue.add(
        "org.tonekeep.bad", Map.of("bad", List.of(Migration.of("0001_x.sql", "NO SQL;"))), u -> {});
    queue.add("org.tonekeep.two", units(), migrated::add);
    await().until(() -> migrated.size() == 1);

    int once = asked.get();
    await().during(PAUSE.multipliedBy(5)).until(() -> asked.get() == once);
    assertThat(queue.undone())
        .singleElement()
        .asString()
        .startsWith("org.tonekeep.bad: Migrations of bad failed");
  }

  @Test
  public void shouldForgetABundleThatGoes() {
    MigrationQueue.Task task = queue.add("org.tonekeep.two", units(), migrated::add);
    await().until(() -> asked.get() >= 1);

    task.cancel();

    down = null;
    assertThat(queue.undone()).isEmpty();
    queue.add("org.tonekeep.three", Map.of("three", List.of()), migrated::add);
    await().until(() -> migrated.contains("three"));
    assertThat(migrated).containsExactly("three");
  }

  @Test
  public void shouldNotHoldUpTheThreadThatAddsAndStopCleanly() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    down = null;
    queue.add(
        "org.tonekeep.two",
        units(),
        unit -> {
          begun.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
          }
          migrated.add(unit);
        });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    Thread stopping = new Thread(queue::close);
    stopping.start();
    await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    go.countDown();
    stopping.join();

    assertThat(interrupted).hasValue(0);
    assertThat(migrated).containsExactly("two");
    queue.add("org.tonekeep.late", units(), migrated::add);
    assertThat(queue.undone()).isEmpty();
  }

  private static Map<String, List<Migration>> units() {
    return Map.of("two", ClassPathMigrations.of("two"));
  }

  private DataSource source() {
    return (DataSource)
        Proxy.newProxyInstance(
            MigrationQueueTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              asked.incrementAndGet();
              SQLException failure = down;
              if (failure != null) {
                throw failure;
              }
              try {
                return method.invoke(db.unwatched(), args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
