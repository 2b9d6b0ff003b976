package org.tonekeep.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.tonekeep.rest.api.Readiness;

/** The line {@code database} of the readiness: it is there, and says so, when no database is. */
@Component(service = Readiness.class, immediate = true)
public final class DatabaseReadiness implements Readiness {
  private static final int PATIENCE_SECONDS = 2;

  @Reference(
      target = "(osgi.jndi.service.name=tonekeep-pool)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable DataSource pool;

  @Activate
  public DatabaseReadiness() {}

  DatabaseReadiness(@Nullable DataSource pool) {
    this.pool = pool;
  }

  @Override
  public Health check() {
    DataSource now = pool;
    if (now == null) {
      return new Health("database", false, "is away: its adapter is not running");
    }
    try (Connection connection = now.getConnection()) {
      boolean valid = connection.isValid(PATIENCE_SECONDS);
      String product = connection.getMetaData().getDatabaseProductName();
      return new Health("database", valid, product + (valid ? " answers" : " does not answer"));
    } catch (SQLException e) {
      return new Health("database", false, "does not answer, SQL state " + e.getSQLState());
    }
  }
}
