package org.tonekeep.jobs.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.persistence.api.Migrated;
import org.tonekeep.tenant.api.TenantId;

/**
 * The rows of {@code jobs_job} as askers see them. What workers do with a row is in {@link
 * LeaseTable}.
 */
@Component(service = JobTable.class)
public final class JobTable {
  static final String COLUMNS =
      "tenant, id, owner, kind, subject, payload, state, attempt, max_attempts, done_units,"
          + " total_units, stage, failure, created_at, run_at, lease_version";

  private final Sql sql;

  @Activate
  public JobTable(
      @Reference(target = "(osgi.jndi.service.name=tonekeep)") DataSource source,
      @SuppressWarnings("unused") // only its being there matters
          @Reference(target = "(unit=jobs)")
          Migrated migrated) {
    this(source);
  }

  JobTable(DataSource source) {
    this.sql = new Sql(source);
  }

  void insert(
      TenantId tenant,
      JobId id,
      JobRequest request,
      int maxAttempts,
      Instant createdAt,
      Instant runAt) {
    sql.update(
        "INSERT INTO jobs_job ("
            + COLUMNS
            + ", lease_until, node, cancel_requested)"
            + " VALUES (?, ?, ?, ?, ?, ?, 'WAITING', 0, ?, 0, 0, '', NULL, ?, ?, 0, 0, '', 0)",
        tenant.value(),
        id.value(),
        request.owner(),
        request.kind(),
        request.subject(),
        JobPayload.write(request.payload()),
        maxAttempts,
        createdAt.toEpochMilli(),
        runAt.toEpochMilli());
  }

  Optional<Job> find(TenantId tenant, JobId id) {
    return select(" AND id = ?", 1, tenant.value(), id.value()).stream().findFirst();
  }

  List<Job> ofSubject(TenantId tenant, String subject, int limit) {
    return select(" AND subject = ?", limit, tenant.value(), subject);
  }

  /** The newest jobs; {@code state} null means all. */
  List<Job> list(TenantId tenant, @Nullable JobState state, int limit) {
    return state == null
        ? select("", limit, tenant.value())
        : select(" AND state = ?", limit, tenant.value(), state.name());
  }

  /**
   * The account's newest jobs before a cursor.
   *
   * @param subject of this subject only; empty means all
   * @param before id of the last job of the page before; empty for the first page
   */
  public List<Job> ofOwner(
      TenantId tenant, String owner, String subject, String before, int limit) {
    StringBuilder where = new StringBuilder(" AND owner = ?");
    List<Object> values = new ArrayList<>(List.of(tenant.value(), owner));
    if (!subject.isEmpty()) {
      where.append(" AND subject = ?");
      values.add(subject);
    }
    if (!before.isEmpty()) {
      where.append(" AND id < ?");
      values.add(before);
    }
    return select(where.toString(), limit, values.toArray());
  }

  private List<Job> select(String where, int limit, Object... values) {
    return sql.query(
        "SELECT "
            + COLUMNS
            + " FROM jobs_job WHERE tenant = ?"
            + where
            + " ORDER BY id DESC FETCH FIRST "
            + limit
            + " ROWS ONLY",
        JobTable::job,
        values);
  }

  /**
   * Ends a waiting job.
   *
   * @param untold whether its handler is still to be told
   */
  boolean cancelWaiting(TenantId tenant, JobId id, boolean untold, Instant now) {
    return sql.update(
            "UPDATE jobs_job SET state = 'CANCELLED', untold = ?, ended_at = ?, lease_version ="
                + " lease_version + 1 WHERE tenant = ? AND id = ? AND state = 'WAITING'",
            untold ? 1 : 0,
            now.toEpochMilli(),
            tenant.value(),
            id.value())
        == 1;
  }

  /** Asks the worker of a running job to stop. */
  boolean askRunning(TenantId tenant, JobId id) {
    return sql.update(
            "UPDATE jobs_job SET cancel_requested = 1 WHERE tenant = ? AND id = ? AND state ="
                + " 'RUNNING'",
            tenant.value(),
            id.value())
        == 1;
  }

  /** Puts a failed or cancelled job back with fresh attempts. */
  boolean retry(TenantId tenant, JobId id, Instant now) {
    return sql.update(
            "UPDATE jobs_job SET state = 'WAITING', attempt = 0, done_units = 0, total_units = 0,"
                + " stage = '', run_at = ?, cancel_requested = 0, untold = 0, ended_at = NULL,"
                + " lease_version = lease_version + 1"
                + " WHERE tenant = ? AND id = ? AND state IN ('FAILED', 'CANCELLED')",
            now.toEpochMilli(),
            tenant.value(),
            id.value())
        == 1;
  }

  /** Cancelled jobs of these kinds whose handler is still to be told, as {@link #ofOwner} pages. */
  List<Job> untold(TenantId tenant, Collection<String> kinds, String before, int limit) {
    List<Object> values = new ArrayList<>(List.of(tenant.value()));
    values.addAll(kinds);
    String marks = String.join(", ", java.util.Collections.nCopies(kinds.size(), "?"));
    String where = " AND state = 'CANCELLED' AND untold = 1 AND kind IN (" + marks + ")";
    if (before.isEmpty()) {
      return select(where, limit, values.toArray());
    }
    values.add(before);
    return select(where + " AND id < ?", limit, values.toArray());
  }

  /** Marks that the handler was told; of many callers one gets true. */
  boolean told(TenantId tenant, JobId id) {
    return sql.update(
            "UPDATE jobs_job SET untold = 0 WHERE tenant = ? AND id = ? AND state = 'CANCELLED'"
                + " AND untold = 1",
            tenant.value(),
            id.value())
        == 1;
  }

  /** Removes ended jobs of which nobody is still to be told; returns how many. */
  int purgeEnded(TenantId tenant, Instant before) {
    return sql.update(
        "DELETE FROM jobs_job WHERE tenant = ? AND state IN ('DONE', 'FAILED', 'CANCELLED')"
            + " AND untold = 0 AND ended_at < ?",
        tenant.value(),
        before.toEpochMilli());
  }

  /**
   * Forgets an account's jobs. Work that the platform itself still owes (kinds {@code core.*}, such
   * as the deletion of bytes) stays, without the account.
   */
  void forgetOwner(TenantId tenant, String owner) {
    sql.update(
        "DELETE FROM jobs_job WHERE tenant = ? AND owner = ? AND (kind NOT LIKE 'core.%' OR state"
            + " IN ('DONE', 'FAILED', 'CANCELLED'))",
        tenant.value(), owner);
    sql.update(
        "UPDATE jobs_job SET owner = '' WHERE tenant = ? AND owner = ?", tenant.value(), owner);
  }

  /** When the longest waiting job could have begun; empty when none is due. */
  Optional<Instant> oldestDue(TenantId tenant, Instant now) {
    return sql.query(
            "SELECT MIN(run_at) FROM jobs_job WHERE tenant = ? AND state = 'WAITING' AND run_at <="
                + " ?",
            row -> {
              long millis = row.getLong(1);
              return row.wasNull()
                  ? Optional.<Instant>empty()
                  : Optional.of(Instant.ofEpochMilli(millis));
            },
            tenant.value(),
            now.toEpochMilli())
        .get(0);
  }

  static Job job(ResultSet row) throws SQLException {
    return new Job(
        new TenantId(row.getString("tenant")),
        new JobId(row.getString("id")),
        new JobRequest(
            row.getString("owner"),
            row.getString("kind"),
            row.getString("subject"),
            JobPayload.read(row.getString("payload"))),
        JobState.valueOf(row.getString("state")),
        row.getInt("attempt"),
        row.getLong("done_units"),
        row.getLong("total_units"),
        row.getString("stage"),
        row.getString("failure"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("run_at")));
  }
}
