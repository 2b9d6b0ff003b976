package org.tonekeep.jobs.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.persistence.api.Migrated;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/**
 * The rows of {@code jobs_job} as workers see them. A claim raises the lease version; every later
 * write of the attempt names it and changes nothing when the lease is lost.
 *
 * <p>On PostgreSQL a claim skips rows that another node is claiming ({@code SKIP LOCKED}). Derby
 * has no such clause and only one process: there the dispatcher's one thread claims, and the
 * optimistic update would catch a second one.
 */
@Component(service = LeaseTable.class)
public final class LeaseTable {
  private static final String FENCE =
      " WHERE tenant = ? AND id = ? AND lease_version = ? AND state = 'RUNNING'";

  private final Sql sql;
  private final Tx tx;
  private final boolean derby;

  @Activate
  public LeaseTable(
      @Reference(target = "(osgi.jndi.service.name=tonekeep)") DataSource source,
      @SuppressWarnings("unused") // only its being there matters
          @Reference(target = "(unit=jobs)")
          Migrated migrated,
      @Reference Tx tx) {
    this(source, tx);
  }

  LeaseTable(DataSource source, Tx tx) {
    this.sql = new Sql(source);
    this.tx = tx;
    this.derby = isDerby(sql);
  }

  private static boolean isDerby(Sql sql) {
    try (Connection connection = sql.open()) {
      return connection.getMetaData().getDatabaseProductName().contains("Derby");
    } catch (SQLException e) {
      throw new JobStoreException(e);
    }
  }

  /** Whether this process is the only one on the database, so that no lease outlives it. */
  boolean embedded() {
    return derby;
  }

  /**
   * Claims the waiting job that is due first of the first owner after a cursor.
   *
   * @param kinds the kinds that may run now; not empty
   * @param busy owners to leave out
   * @param afterOwner the owner who was served last; owners after it come first
   */
  Optional<Claim> claim(
      TenantId tenant,
      Collection<String> kinds,
      Collection<String> busy,
      String afterOwner,
      String node,
      Instant now,
      Instant leaseUntil) {
    return tx.call(
        tenant,
        () -> {
          Optional<Claim> next = candidate(tenant, kinds, busy, " AND owner > ?", afterOwner, now);
          if (next.isEmpty()) {
            next = candidate(tenant, kinds, busy, " AND owner <= ?", afterOwner, now);
          }
          return next.filter(c -> take(tenant, c, node, leaseUntil)).map(LeaseTable::taken);
        });
  }

  private Optional<Claim> candidate(
      TenantId tenant,
      Collection<String> kinds,
      Collection<String> busy,
      String cursor,
      String owner,
      Instant now) {
    List<Object> values = new ArrayList<>(List.of(tenant.value(), owner, now.toEpochMilli()));
    values.addAll(kinds);
    values.addAll(busy);
    String notBusy = busy.isEmpty() ? "" : " AND owner NOT IN (" + marks(busy.size()) + ")";
    String text =
        "SELECT "
            + JobTable.COLUMNS
            + " FROM jobs_job WHERE tenant = ? AND state = 'WAITING'"
            + cursor
            + " AND run_at <= ? AND kind IN ("
            + marks(kinds.size())
            + ")"
            + notBusy
            + " ORDER BY owner, run_at, id FETCH FIRST 1 ROWS ONLY"
            + (derby ? "" : " FOR UPDATE SKIP LOCKED");
    return sql
        .query(
            text,
            row ->
                new Claim(
                    JobTable.job(row), row.getLong("lease_version"), row.getInt("max_attempts")),
            values.toArray())
        .stream()
        .findFirst();
  }

  private static String marks(int count) {
    return String.join(", ", java.util.Collections.nCopies(count, "?"));
  }

  private boolean take(TenantId tenant, Claim candidate, String node, Instant leaseUntil) {
    return sql.update(
            "UPDATE jobs_job SET state = 'RUNNING', attempt = attempt + 1, lease_version ="
                + " lease_version + 1, lease_until = ?, node = ?, done_units = 0, total_units = 0,"
                + " stage = '' WHERE tenant = ? AND id = ? AND lease_version = ? AND state ="
                + " 'WAITING'",
            leaseUntil.toEpochMilli(),
            node,
            tenant.value(),
            candidate.job().id().value(),
            candidate.version())
        == 1;
  }

  private static Claim taken(Claim candidate) {
    Job was = candidate.job();
    Job job =
        new Job(
            was.tenant(),
            was.id(),
            was.request(),
            JobState.RUNNING,
            was.attempt() + 1,
            0,
            0,
            "",
            was.failure(),
            was.createdAt(),
            was.runAt());
    return new Claim(job, candidate.version() + 1, candidate.maxAttempts());
  }

  /** How a lease stands. */
  enum Lease {
    HELD,
    CANCEL_ASKED,
    LOST
  }

  /** Keeps the lease until a later time. */
  Lease renew(TenantId tenant, Claim claim, Instant until) {
    return fenced(tenant, claim, "lease_until = ?", until.toEpochMilli())
        ? look(tenant, claim)
        : Lease.LOST;
  }

  /** Writes progress and keeps the lease. */
  Lease progress(TenantId tenant, Claim claim, long done, long total, String stage, Instant until) {
    boolean held =
        fenced(
            tenant,
            claim,
            "done_units = ?, total_units = ?, stage = ?, lease_until = ?",
            done,
            total,
            stage,
            until.toEpochMilli());
    return held ? look(tenant, claim) : Lease.LOST;
  }

  /** How the lease stands. */
  Lease look(TenantId tenant, Claim claim) {
    return sql
        .query(
            "SELECT cancel_requested FROM jobs_job" + FENCE,
            row -> row.getInt(1) == 1 ? Lease.CANCEL_ASKED : Lease.HELD,
            tenant.value(),
            claim.job().id().value(),
            claim.version())
        .stream()
        .findFirst()
        .orElse(Lease.LOST);
  }

  /**
   * Marks the job done, all of its units too, unless the lease is lost or somebody asked it to
   * stop.
   */
  boolean complete(TenantId tenant, Claim claim, Instant now) {
    return sql.update(
            "UPDATE jobs_job SET state = 'DONE', done_units = total_units, failure = NULL,"
                + " ended_at = ?"
                + FENCE
                + " AND cancel_requested = 0",
            now.toEpochMilli(),
            tenant.value(),
            claim.job().id().value(),
            claim.version())
        == 1;
  }

  boolean fail(TenantId tenant, Claim claim, String reason, Instant now) {
    return fenced(
        tenant, claim, "state = 'FAILED', failure = ?, ended_at = ?", reason, now.toEpochMilli());
  }

  /**
   * Ends the job as cancelled.
   *
   * @param untold whether its handler is still to be told
   */
  boolean cancelled(TenantId tenant, Claim claim, boolean untold, Instant now) {
    return fenced(
        tenant,
        claim,
        "state = 'CANCELLED', untold = ?, ended_at = ?",
        untold ? 1 : 0,
        now.toEpochMilli());
  }

  /** Puts the job back for another attempt; false when it is lost or was asked to stop. */
  boolean retry(TenantId tenant, Claim claim, String failure, Instant runAt) {
    return back(tenant, claim, "failure = ?, run_at = ?", failure, runAt.toEpochMilli());
  }

  /**
   * Puts the job back as if this attempt had never begun; false when it is lost or was asked to
   * stop.
   */
  boolean release(TenantId tenant, Claim claim, Instant runAt) {
    return back(tenant, claim, "attempt = attempt - 1, run_at = ?", runAt.toEpochMilli());
  }

  /** As {@link #release}, and says what the job waits for. */
  boolean postpone(TenantId tenant, Claim claim, String reason, Instant runAt) {
    String set = "attempt = attempt - 1, failure = ?, run_at = ?";
    return back(tenant, claim, set, reason, runAt.toEpochMilli());
  }

  private boolean back(TenantId tenant, Claim claim, String set, Object... values) {
    List<Object> all = new ArrayList<>(List.of(values));
    all.addAll(List.of(tenant.value(), claim.job().id().value(), claim.version()));
    return sql.update(
            "UPDATE jobs_job SET state = 'WAITING', lease_version = lease_version + 1, "
                + set
                + FENCE
                + " AND cancel_requested = 0",
            all.toArray())
        == 1;
  }

  private boolean fenced(TenantId tenant, Claim claim, String set, Object... values) {
    List<Object> all = new ArrayList<>(List.of(values));
    all.addAll(List.of(tenant.value(), claim.job().id().value(), claim.version()));
    return sql.update("UPDATE jobs_job SET " + set + FENCE, all.toArray()) == 1;
  }

  /**
   * Takes the jobs of dead workers back; their attempts count. A job that somebody had asked to
   * stop ends instead, and its handler is told later.
   *
   * @param expiredBefore leases that ended before this time are dead
   * @return how many there were
   */
  int reclaim(TenantId tenant, Instant expiredBefore, Instant now) {
    String dead = " WHERE tenant = ? AND state = 'RUNNING' AND lease_until < ?";
    int cancelled =
        sql.update(
            "UPDATE jobs_job SET state = 'CANCELLED', untold = 1, ended_at = ?, lease_version ="
                + " lease_version + 1"
                + dead
                + " AND cancel_requested = 1",
            now.toEpochMilli(),
            tenant.value(),
            expiredBefore.toEpochMilli());
    int waiting =
        sql.update(
            "UPDATE jobs_job SET state = 'WAITING', lease_version = lease_version + 1, run_at = ?"
                + dead
                + " AND cancel_requested = 0",
            now.toEpochMilli(),
            tenant.value(),
            expiredBefore.toEpochMilli());
    return cancelled + waiting;
  }
}
