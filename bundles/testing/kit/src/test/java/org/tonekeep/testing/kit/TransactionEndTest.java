package org.tonekeep.testing.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.persistence.internal.ThreadTx;
import org.tonekeep.persistence.internal.TxDataSource;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Nothing is committed by another way than the end of the outermost call. */
@RunWith(Parameterized.class)
public class TransactionEndTest {
  private static final TenantId ALICE = new TenantId("alice");

  private final Engine engine;
  private TestDatabase db;
  private final List<String> calls = new ArrayList<>();
  private boolean rollbackFails;

  public TransactionEndTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine, "two");
  }

  @After
  public void close() {
    db.close();
  }

  @Test
  public void shouldUndoAllWhenACheckedExceptionIsThrownUnseen() {
    assertThatThrownBy(
            () ->
                db.tx()
                    .run(
                        ALICE,
                        () -> {
                          insert(db.dataSource(), "sneaky");
                          throw TransactionEndTest.<RuntimeException>unseen(
                              new IOException("checked"));
                        }))
        .isInstanceOf(IOException.class);

    assertThat(rows()).isZero();
  }

  @Test
  public void shouldUndoAllWhenAnUnseenExceptionIsSwallowedOutside() {
    assertThatThrownBy(
            () ->
                db.tx()
                    .run(
                        ALICE,
                        () -> {
                          insert(db.dataSource(), "outer");
                          assertThatThrownBy(
                                  () ->
                                      db.tx()
                                          .run(
                                              ALICE,
                                              () -> {
                                                throw TransactionEndTest.<RuntimeException>unseen(
                                                    new IOException("inner"));
                                              }))
                              .isInstanceOf(IOException.class);
                        }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(rows()).isZero();
  }

  @Test
  public void shouldBreakTheConnectionOffWhenItCannotBeRolledBack() {
    ThreadTx tx = new ThreadTx(watched());
    TxDataSource source = new TxDataSource(watched(), tx);
    rollbackFails = true;

    assertThatThrownBy(
            () ->
                tx.run(
                    ALICE,
                    () -> {
                      insert(source, "stuck");
                      throw new IllegalArgumentException("the end");
                    }))
        .hasMessage("the end");

    assertThat(calls).containsExactly("setAutoCommit false", "rollback", "abort", "close");
    assertThat(rows()).isZero();
  }

  @Test
  public void shouldGiveTheConnectionBackInAutoCommitAfterARollback() {
    ThreadTx tx = new ThreadTx(watched());
    TxDataSource source = new TxDataSource(watched(), tx);

    assertThatThrownBy(
            () ->
                tx.run(
                    ALICE,
                    () -> {
                      insert(source, "undone");
                      throw new IllegalArgumentException("the end");
                    }))
        .hasMessage("the end");

    assertThat(calls)
        .containsExactly("setAutoCommit false", "rollback", "setAutoCommit true", "close");
    assertThat(rows()).isZero();
  }

  @Test
  public void shouldNotLetAnybodyReachTheConnectionThatCanCommit() {
    assertThatThrownBy(
            () ->
                db.tx()
                    .run(
                        ALICE,
                        () -> {
                          insert(db.dataSource(), "leak");
                          commitByEveryWay();
                          throw new IllegalArgumentException("the end");
                        }))
        .hasMessage("the end");

    assertThat(rows()).isZero();
  }

  private void commitByEveryWay() {
    try (Connection shared = db.dataSource().getConnection();
        Statement statement = shared.createStatement();
        PreparedStatement prepared =
            shared.prepareStatement("SELECT id FROM two_row WHERE tenant = 'alice'");
        ResultSet result = prepared.executeQuery();
        ResultSet tables = shared.getMetaData().getTables(null, null, "TWO%", null)) {
      assertThat(result.next()).isTrue();
      DatabaseMetaData about = shared.getMetaData();
      List<Connection> reached = new ArrayList<>();
      reached.add(statement.getConnection());
      reached.add(prepared.getConnection());
      reached.add(result.getStatement().getConnection());
      reached.add(about.getConnection());
      reached.add(shared.unwrap(Connection.class));
      reached.add(statement.unwrap(Statement.class).getConnection());
      Statement ofTables = tables.getStatement();
      if (ofTables != null) {
        reached.add(ofTables.getConnection());
      }
      Class<?> driver = physicalClass();
      assertThat(shared.isWrapperFor(driver)).isFalse();
      assertThatThrownBy(() -> shared.unwrap(driver))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThat(reached).allMatch(connection -> connection == shared);
      for (Connection connection : reached) {
        connection.commit();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the driver's own connections are. */
  private Class<?> physicalClass() {
    return engine == Engine.DERBY
        ? org.apache.derby.iapi.jdbc.EngineConnection.class
        : org.postgresql.PGConnection.class;
  }

  private static void insert(DataSource source, String id) {
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO two_row (tenant, id, text_value) VALUES (?, ?, ?)")) {
      insert.setString(1, "alice");
      insert.setString(2, id);
      insert.setString(3, "y");
      assertThat(insert.executeUpdate()).isEqualTo(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int rows() {
    try (Connection connection = db.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT COUNT(*) FROM two_row WHERE tenant = 'alice'")) {
      assertThat(result.next()).isTrue();
      return result.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The test's pool, noting how its connections are ended. */
  private DataSource watched() {
    return (DataSource)
        Proxy.newProxyInstance(
            TransactionEndTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> watched(db.dataSource().getConnection()));
  }

  private Connection watched(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            TransactionEndTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              switch (method.getName()) {
                case "setAutoCommit" -> calls.add("setAutoCommit " + args[0]);
                case "commit", "abort", "close" -> calls.add(method.getName());
                case "rollback" -> {
                  calls.add("rollback");
                  if (rollbackFails) {
                    throw new SQLException("not now", "08006");
                  }
                }
                default -> {}
              }
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Throws what the compiler does not see, as other languages and proxies do. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException unseen(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
