package org.tonekeep.testing.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.Test;

public class TenantWallTest {
  private final TenantWall wall = new TenantWall(WallExceptions.read(""));

  @Test
  public void shouldPassWhatNamesTheTenant() {
    assertThat(
            List.of(
                "SELECT ID, title FROM catalog_track WHERE ((tenant = ?) AND (id = ?))",
                "SELECT t0.id FROM catalog_track t0 WHERE (t0.tenant = ? AND t0.id > ?) ORDER BY t0.id OFFSET ? ROWS FETCH NEXT ? ROWS ONLY",
                "SELECT a.id FROM a JOIN b ON b.tenant = a.tenant AND b.id = a.id WHERE a.tenant = ?",
                "SELECT id FROM a WHERE tenant = ? AND EXISTS (SELECT 1 FROM b WHERE b.tenant = a.tenant AND b.x = a.id)",
                "UPDATE a SET x = ? WHERE tenant = ? AND (id = ? OR id = ?)",
                "DELETE FROM a WHERE tenant = ? AND id IN (?, ?)",
                "INSERT INTO a (tenant, id) VALUES (?, ?)",
                "SELECT state FROM jobs_job WHERE tenant = ? FOR UPDATE SKIP LOCKED",
                "SELECT state FROM jobs_job WHERE tenant = ? FOR UPDATE WITH RS",
                "VALUES 1",
                "CREATE TABLE x (id INTEGER)"))
        .allSatisfy(sql -> assertThat(wall.objection(sql)).as(sql).isEmpty());
  }

  @Test
  public void shouldObjectToWhatReachesIntoEveryTenant() {
    assertThat(
            List.of(
                "SELECT id FROM a",
                "SELECT id FROM a WHERE id = ?",
                "SELECT id FROM a WHERE tenant = ? OR id = ?",
                "SELECT id FROM a WHERE tenant <> ?",
                "SELECT id FROM a WHERE NOT (tenant = ?)",
                "SELECT a.id FROM a JOIN b ON b.id = a.id WHERE a.tenant = ?",
                "SELECT a.id FROM a, b WHERE a.tenant = ? AND b.id = a.id",
                "SELECT id FROM a WHERE tenant = ? AND x IN (SELECT x FROM b)",
                "SELECT id FROM a WHERE tenant = ? UNION SELECT id FROM b",
                "UPDATE a SET x = ? WHERE id = ?",
                "UPDATE a SET x = (SELECT MAX(y) FROM b) WHERE tenant = ?",
                "DELETE FROM a",
                "DELETE FROM a WHERE id IN (SELECT id FROM b WHERE tenant = ?)",
                "INSERT INTO a (id) VALUES (?)",
                "INSERT INTO a VALUES (?, ?)",
                "TRUNCATE TABLE a",
                "this is no statement"))
        .allSatisfy(sql -> assertThat(wall.objection(sql)).as(sql).isPresent());
  }

  @Test
  public void shouldAskForAReasonBeforeEachException() {
    TenantWall lenient =
        new TenantWall(
            WallExceptions.read("# the dispatcher serves every tenant\nSELECT id FROM a WHERE .*"));
    assertThat(lenient.objection("SELECT id\n  FROM a WHERE due < ?")).isEmpty();
    assertThat(lenient.objection("SELECT id FROM b WHERE due < ?")).isPresent();
    assertThatThrownBy(() -> WallExceptions.read("SELECT id FROM a"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  public void shouldStandBeforeEveryTestDatabase() throws SQLException {
    try (TestDatabase db = TestDatabase.open(TestDatabase.Engine.DERBY);
        Connection connection = db.dataSource().getConnection()) {
      assertThatThrownBy(() -> connection.prepareStatement("SELECT id FROM a"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("No tenant for a");
      assertThatThrownBy(() -> connection.createStatement().executeQuery("SELECT id FROM a"))
          .isInstanceOf(AssertionError.class);
    }
  }
}
