package org.tonekeep.jobs.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestTenants;

/** The queue and its dispatchers over a test database, with two tenants and a gate to turn. */
final class Workshop implements AutoCloseable {
  static final TenantId ALICE = TestTenants.ALICE;
  static final TenantId BOB = TestTenants.BOB;

  final TestDatabase db;
  final Clock clock;
  final JobTable table;
  final LeaseTable leases;
  final JobSignals signals = new JobSignals();
  final Handlers handlers = new Handlers();
  final JobQueue queue;
  final Set<String> off = ConcurrentHashMap.newKeySet();

  /** So many times the gate's bundle is in the middle of an update. */
  final AtomicInteger linkageErrors = new AtomicInteger();

  private final TestTenants tenants = new TestTenants();
  private final List<JobDispatcher> dispatchers = new CopyOnWriteArrayList<>();

  Workshop(TestDatabase db, Clock clock) {
    this.db = db;
    this.clock = clock;
    this.table = new JobTable(db.dataSource());
    this.leases = new LeaseTable(db.dataSource(), db.tx());
    this.queue = new JobQueue(table, signals, handlers, db.tx(), clock);
  }

  /** A started dispatcher, a node of its own, with these handlers. */
  JobDispatcher dispatch(int workers, JobHandler... handlers) {
    JobDispatcher made = dispatcher(workers, signals, handlers);
    made.start();
    return made;
  }

  /** A dispatcher that is not started. */
  JobDispatcher dispatcher(int workers, JobSignals heard, JobHandler... handlers) {
    JobDispatcher made =
        new JobDispatcher(
            leases,
            table,
            heard,
            heard == signals ? this.handlers : new Handlers(),
            db.tx(),
            clock,
            tenants,
            gate(),
            workers,
            Duration.ofSeconds(30),
            20);
    for (JobHandler handler : handlers) {
      made.bindHandler(handler);
    }
    dispatchers.add(made);
    return made;
  }

  void suspend(TenantId tenant) {
    tenants.suspend(tenant);
  }

  JobId enqueue(TenantId tenant, String owner, String kind) {
    return queue.enqueue(tenant, new JobRequest(owner, kind, "subject", Map.of()));
  }

  JobState state(TenantId tenant, JobId id) {
    return queue.find(tenant, id).orElseThrow().state();
  }

  @Override
  public void close() {
    dispatchers.forEach(JobDispatcher::stop);
    db.close();
  }

  private Gate gate() {
    return new Gate() {
      @Override
      public boolean isOn(TenantId tenant, String feature) {
        if (linkageErrors.getAndDecrement() > 0) {
          throw new NoClassDefFoundError("a class of a bundle that is updated");
        }
        return !off.contains(feature) && !tenants.find(tenant).orElseThrow().suspended();
      }

      @Override
      public void requireOn(TenantId tenant, String feature) {
        if (!isOn(tenant, feature)) {
          throw new FeatureOffException(feature);
        }
      }

      @Override
      public void requireKept(TenantId tenant, Act act) {}

      @Override
      public Optional<String> featureOf(String path) {
        return Optional.empty();
      }

      @Override
      public List<Feature> listed(TenantId tenant) {
        return List.of();
      }

      @Override
      public List<FeatureState> features() {
        return List.of();
      }
    };
  }
}
