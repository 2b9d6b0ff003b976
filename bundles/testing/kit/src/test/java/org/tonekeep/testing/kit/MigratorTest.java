package org.tonekeep.testing.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
import org.tonekeep.persistence.internal.Migration;
import org.tonekeep.persistence.internal.MigrationException;
import org.tonekeep.persistence.internal.Migrator;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Migrations run once, in order, whole or not at all. */
@RunWith(Parameterized.class)
public class MigratorTest {
  private static final Migration CREATE =
      Migration.of("0001_create.sql", "CREATE TABLE m_row (id INTEGER NOT NULL);\n");
  private static final Migration FILL =
      Migration.of(
          "0002_fill.sql", "INSERT INTO m_row VALUES (1);\nINSERT INTO m_row VALUES (2);\n");

  private final Engine engine;
  private TestDatabase db;

  public MigratorTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine);
  }

  @After
  public void close() {
    db.close();
  }

  private Migrator migrator() {
    return new Migrator(db.unwatched(), TestClock.standing());
  }

  @Test
  public void shouldRunEachMigrationOnceWhenManyNodesStartTogether() throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Boolean>> starts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        starts.add(
            () -> {
              migrator().migrate("m", List.of(CREATE, FILL));
              return true;
            });
      }
      for (Future<Boolean> start : nodes.invokeAll(starts)) {
        assertThat(start.get()).isTrue();
      }
    } finally {
      nodes.shutdownNow();
    }

    assertThat(number("SELECT COUNT(*) FROM m_row")).isEqualTo(2);
  }

  @Test
  public void shouldLeaveTheTablesAsTheyWereWhenAFileFails() {
    Migration broken =
        Migration.of("0002_broken.sql", "INSERT INTO m_row VALUES (7);\nNO SUCH STATEMENT;\n");

    assertThatThrownBy(() -> migrator().migrate("m", List.of(CREATE, broken)))
        .isInstanceOf(MigrationException.class);
    migrator().migrate("m", List.of(CREATE, FILL));

    assertThat(number("SELECT COUNT(*) FROM m_row")).isEqualTo(2);
  }

  @Test
  public void shouldRefuseAFileThatWasChangedAfterItHadRun() {
    migrator().migrate("m", List.of(CREATE));
    Migration changed = Migration.of("0001_create.sql", "CREATE TABLE other (id INTEGER);\n");

    assertThatThrownBy(() -> migrator().migrate("m", List.of(changed)))
        .hasMessageContaining("0001_create.sql")
        .hasMessageContaining("changed");
  }

  @Test
  public void shouldRefuseADatabaseThatIsNewerThanTheBundle() {
    migrator().migrate("m", List.of(CREATE, FILL));

    assertThatThrownBy(() -> migrator().migrate("m", List.of(CREATE)))
        .hasMessageContaining("newer");
  }

  @Test
  public void shouldRefuseGapsAndOddNames() {
    assertThatThrownBy(() -> migrator().migrate("m", List.of(FILL)))
        .isInstanceOf(MigrationException.class);
    assertThatThrownBy(() -> Migration.of("create.sql", "")).isInstanceOf(MigrationException.class);
  }

  @Test
  public void shouldRefuseAStatementWithoutItsEnd() {
    Migration endless = Migration.of("0001_create.sql", "CREATE TABLE m_row (id INTEGER)\n");

    assertThatThrownBy(() -> migrator().migrate("m", List.of(endless)))
        .hasMessageContaining("does not end");
  }

  private int number(String sql) {
    try (Connection connection = db.unwatched().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
