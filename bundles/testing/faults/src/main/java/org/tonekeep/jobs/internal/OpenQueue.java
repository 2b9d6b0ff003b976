package org.tonekeep.jobs.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;

/** The queue over a database, worked off by who asks for it, on their thread. */
public final class OpenQueue {
  private static final int MOST = 1000;

  private final TestDatabase db;
  private final JobQueue queue;

  /**
   * @param db with the unit jobs
   */
  public OpenQueue(TestDatabase db, Clock clock) {
    this.db = db;
    this.queue =
        new JobQueue(
            new JobTable(db.dataSource()), new JobSignals(), new Handlers(), db.tx(), clock);
  }

  public Jobs jobs() {
    return queue;
  }

  /** Runs what waits; a job whose handler fails goes on waiting. */
  public void work(TenantId tenant, JobHandler handler) throws IOException {
    List<Job> waiting = queue.list(tenant, JobState.WAITING, MOST);
    for (Job job : waiting) {
      try {
        handler.run(new Plain(job, db.tx()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
      finish(tenant, job);
    }
  }

  private void finish(TenantId tenant, Job job) {
    try (Connection connection = db.unwatched().getConnection();
        PreparedStatement sql =
            connection.prepareStatement("DELETE FROM jobs_job WHERE tenant = ? AND id = ?")) {
      sql.setString(1, tenant.value());
      sql.setString(2, job.id().value());
      int unused = sql.executeUpdate();
    } catch (SQLException e) {
      throw new JobStoreException(e);
    }
  }

  private record Plain(Job job, Tx tx) implements JobContext {
    @Override
    public void progress(long done, long total, String stage) {}

    @Override
    public void checkCancelled() {}

    @Override
    public void commit(Runnable work) {
      tx.run(job.tenant(), work);
    }
  }
}
