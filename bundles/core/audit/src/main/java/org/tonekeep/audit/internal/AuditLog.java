package org.tonekeep.audit.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.LogWriter.Waiting;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/** Gives each entry its id, time and salts, keeps it, and tells the sequencer once it commits. */
@Component(
    service = {Audit.class, AuditLog.class},
    immediate = true) // keeps counts
public final class AuditLog implements Audit {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int PATIENCE_SECONDS = 2;
  private static final int STOP_SECONDS = 5;

  private final EntryStore store;
  private final Sequencer sequencer;
  private final EntryMac macs;
  private final Tx tx;
  private final Clock clock;
  private final Alikes alikes = new Alikes();
  private final ExecutorService apart =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "audit-apart");
            thread.setDaemon(true);
            return thread;
          });

  @Activate
  public AuditLog(
      @Reference EntryStore store,
      @Reference Sequencer sequencer,
      @Reference KeyRing keys,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.store = store;
    this.sequencer = sequencer;
    this.macs = new EntryMac(keys);
    this.tx = tx;
    this.clock = clock;
  }

  @Override
  public void append(TenantId tenant, AuditEntry entry) {
    String id = Ids.next(clock);
    StoredEntry made = StoredEntry.of(tenant, id, clock.millis(), entry, macs);
    Waiting leaf = new Waiting(id, made.leaf());
    tx.run(
        tenant,
        () -> {
          store.insert(tenant, made);
          tx.afterCommit(() -> sequencer.appended(tenant, leaf));
        });
  }

  @Override
  public void appendApart(TenantId tenant, AuditEntry entry) {
    writeCounts();
    if (!alikes.single(tenant, entry, clock.instant())) {
      return;
    }
    AtomicBoolean free = new AtomicBoolean();
    tx.afterCommit(() -> free.set(true)); // at once, when no transaction is running
    if (free.get()) {
      append(tenant, entry);
    } else {
      await(tenant, apart.submit(() -> append(tenant, entry)));
    }
  }

  /**
   * The other thread needs a connection of its own, while this one holds one: it is waited for, but
   * not for ever, and it goes on afterwards.
   */
  private static void await(TenantId tenant, Future<?> written) {
    try {
      Object unused = written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("An entry of {} is written later than its act", tenant);
    } catch (ExecutionException e) {
      throw new IllegalStateException("An entry could not be written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the counts of the minutes that are over. */
  void writeCounts() {
    writeCounts(clock.instant());
  }

  private void writeCounts(Instant now) {
    alikes.over(now).forEach(counted -> append(counted.tenant(), counted.entry()));
  }

  /** The counts of the running minute are written now. */
  @Deactivate
  void stop() {
    apart.shutdown();
    try {
      writeCounts(Instant.MAX);
      if (!apart.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Entries were still being written");
      }
    } catch (RuntimeException e) {
      LOG.warn("Counts of failures were lost with the database", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
