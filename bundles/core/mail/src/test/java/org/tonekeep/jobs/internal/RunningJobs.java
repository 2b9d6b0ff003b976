package org.tonekeep.jobs.internal;

import java.time.Clock;
import java.time.Duration;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestGate;

/** The product's own queue and dispatcher, as nodes of a test start, kill and leave them. */
public final class RunningJobs {
  private final TestDatabase db;
  private final Clock clock;
  private final Tenants tenants;
  private final JobTable table;
  private final JobSignals signals = new JobSignals();
  private final Handlers handlers = new Handlers();
  private final JobQueue queue;

  public RunningJobs(TestDatabase db, Clock clock, Tenants tenants) {
    this.db = db;
    this.clock = clock;
    this.tenants = tenants;
    this.table = new JobTable(db.dataSource());
    this.queue = new JobQueue(table, signals, handlers, db.tx(), clock);
  }

  public Jobs queue() {
    return queue;
  }

  /** Starts to work; the returned action stops it. */
  public Runnable start(JobHandler handler) {
    JobDispatcher dispatcher =
        new JobDispatcher(
            new LeaseTable(db.dataSource(), db.tx()),
            table,
            signals,
            handlers,
            db.tx(),
            clock,
            tenants,
            TestGate.open(),
            2,
            Duration.ofSeconds(30),
            20);
    dispatcher.bindHandler(handler);
    dispatcher.start();
    return () -> {
      dispatcher.stop();
      handlers.remove(handler);
    };
  }
}
