package org.tonekeep.testing.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** House law 5: two persistence units and plain JDBC are one transaction. */
@RunWith(Parameterized.class)
public class TransactionTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");

  private final Engine engine;
  private TestDatabase db;

  public TransactionTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine, "one", "two");
  }

  @After
  public void close() {
    db.close();
  }

  @Test
  public void shouldCommitBothUnitsAndPlainJdbc() {
    db.tx().run(ALICE, () -> writeThree("a"));

    assertThat(count("a")).isEqualTo(3);
  }

  @Test
  public void shouldUndoAllWhenTheEndFails() {
    assertThatThrownBy(
            () ->
                db.tx()
                    .run(
                        ALICE,
                        () -> {
                          writeThree("b");
                          throw new IllegalArgumentException("the end");
                        }))
        .hasMessage("the end");

    assertThat(count("b")).isZero();
  }

  @Test
  public void shouldUndoAllWhenAnInnerFailureIsSwallowed() {
    assertThatThrownBy(
            () ->
                db.tx()
                    .run(
                        ALICE,
                        () -> {
                          writeThree("c");
                          assertThatThrownBy(() -> insertOne("c-one")).isNotNull();
                        }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(count("c")).isZero();
  }

  @Test
  public void shouldSeeWhatTheOtherUnitWroteBeforeTheCommit() {
    db.tx()
        .run(
            ALICE,
            () -> {
              writeThree("d");
              assertThat(count("d")).isEqualTo(3);
            });
  }

  @Test
  public void shouldRefuseAnotherTenantInside() {
    assertThatThrownBy(() -> db.tx().run(ALICE, () -> db.unit("one").call(BOB, em -> Boolean.TRUE)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  public void shouldNotifyOnlyAfterACommit() {
    List<String> seen = new ArrayList<>();

    db.tx()
        .run(
            ALICE,
            () -> {
              db.tx().afterCommit(() -> seen.add("rows " + count("e")));
              writeThree("e");
              seen.add("inside");
            });
    assertThatThrownBy(
            () ->
                db.tx()
                    .run(
                        ALICE,
                        () -> {
                          db.tx().afterCommit(() -> seen.add("never"));
                          throw new IllegalArgumentException("no");
                        }))
        .isNotNull();

    assertThat(seen).containsExactly("inside", "rows 3");
  }

  @Test
  public void shouldNotDeadlockWithMoreThreadsThanConnections() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String prefix = "f" + i;
        work.add(
            () -> {
              db.tx().run(ALICE, () -> writeThree(prefix));
              return count(prefix);
            });
      }
      for (Future<Integer> done : threads.invokeAll(work)) {
        assertThat(done.get()).isEqualTo(3);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void writeThree(String prefix) {
    insertOne(prefix + "-one");
    Object unused =
        db.unit("two")
            .call(
                ALICE,
                em -> {
                  em.persist(new TwoEntity("alice", prefix + "-two", "x"));
                  return Boolean.TRUE;
                });
    // Commits and closes as plain JDBC code does; inside a transaction neither may end it.
    try (Connection connection = db.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO two_row (tenant, id, text_value) VALUES (?, ?, ?)")) {
      insert.setString(1, "alice");
      insert.setString(2, prefix + "-jdbc-" + UUID.randomUUID().toString().substring(0, 8));
      insert.setString(3, "y");
      insert.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insertOne(String id) {
    Object unused =
        db.unit("one")
            .call(
                ALICE,
                em -> {
                  em.persist(new OneEntity("alice", id, "long text"));
                  return Boolean.TRUE;
                });
  }

  private int count(String prefix) {
    int rows = 0;
    try (Connection connection = db.dataSource().getConnection()) {
      for (String table : List.of("one_row", "two_row")) {
        try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM " + table + " WHERE tenant = 'alice' AND id LIKE ?")) {
          query.setString(1, prefix + "-%");
          try (ResultSet result = query.executeQuery()) {
            result.next();
            rows += result.getInt(1);
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }
}
