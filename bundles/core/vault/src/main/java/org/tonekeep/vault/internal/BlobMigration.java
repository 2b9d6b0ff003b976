package org.tonekeep.vault.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.StorageUnavailableException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.jpa.BlobRowStore;

/**
 * Moves all blobs of a tenant that lie elsewhere to one adapter, one after the other and no faster
 * than configured. What cannot be moved stays where it is and is named. Begun again, it goes on
 * with what is not moved yet. While an adapter is away the job waits.
 */
@Component(service = JobHandler.class, configurationPid = "org.tonekeep.vault.migration")
public final class BlobMigration implements JobHandler {
  static final String KIND = "core.blob-migrate";

  /** Subject of the tenant's only migration. */
  static final String SUBJECT = "blobs";

  /** Payload: the adapter that all blobs are moved to. */
  static final String TO = "to";

  private static final Logger LOG = LoggerFactory.getLogger(BlobMigration.class);
  private static final int PAGE = 100;
  private static final int PASSES = 5;
  private static final int LONGEST_FACT = 100;

  private final StoreBoard stores;
  private final BlobRowStore rows;
  private final BlobMove move;
  private final OldCopies oldCopies;
  private final Audit audit;
  private final Clock clock;
  private final long bytesPerSecond;
  private final Duration keepOld;

  @Activate
  public BlobMigration(
      @Reference StoreBoard stores,
      @Reference BlobRowStore rows,
      @Reference BlobMove move,
      @Reference OldCopies oldCopies,
      @Reference Audit audit,
      @Reference Clock clock,
      Config config) {
    this(
        stores,
        rows,
        move,
        oldCopies,
        audit,
        clock,
        (long) Math.max(1, config.mebibytesPerSecond()) << 20,
        Duration.ofMinutes(Math.max(1, config.keepOldMinutes())));
  }

  BlobMigration(
      StoreBoard stores,
      BlobRowStore rows,
      BlobMove move,
      OldCopies oldCopies,
      Audit audit,
      Clock clock,
      long bytesPerSecond,
      Duration keepOld) {
    this.stores = stores;
    this.rows = rows;
    this.move = move;
    this.oldCopies = oldCopies;
    this.audit = audit;
    this.clock = clock;
    this.bytesPerSecond = bytesPerSecond;
    this.keepOld = keepOld;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext context) throws IOException, InterruptedException {
    Job job = context.job();
    TenantId tenant = job.tenant();
    String to = to(job);
    oldCopies.expect(tenant, clock.instant().plus(keepOld));
    Run run = new Run(context, to);
    // Again for those who were on their way to the old adapter when the tenant's file changed.
    for (int pass = 0; pass < PASSES && run.pass(); pass++) {
      run.requireNoFailure();
    }
    rows.elsewhere(tenant, to).keySet().forEach(stores::require);
    context.commit(
        () ->
            audit.append(
                tenant,
                ended(to).with("moved", Long.toString(run.moved)).with("outcome", "all moved")));
  }

  private static String to(Job job) {
    String to = job.request().payload().get(TO);
    if (to == null) {
      throw new JobFailedException("The job does not say which adapter is meant");
    }
    return to;
  }

  private static AuditEntry ended(String to) {
    return AuditEntry.of(Actor.platform(), "blob.migrate-end").with(TO, to);
  }

  @Override
  public void failed(Job job, String reason) {
    String words = reason.length() > LONGEST_FACT ? reason.substring(0, LONGEST_FACT) : reason;
    audit.append(
        job.tenant(),
        ended(job.request().payload().getOrDefault(TO, "")).with("outcome", words).failed());
  }

  @Override
  public void cancelled(Job job) {
    failed(job, "cancelled");
  }

  /** One attempt. */
  private final class Run {
    private final JobContext context;
    private final TenantId tenant;
    private final String to;
    private final Unmoved unmoved = new Unmoved();
    private final Pace pace;
    private long moved;
    private long total;

    Run(JobContext context, String to) {
      this.context = context;
      this.tenant = context.job().tenant();
      this.to = to;
      this.pace = new Pace(bytesPerSecond, System::nanoTime, this::tell);
    }

    private void tell() {
      context.progress(moved, total, "moving" + unmoved.count());
    }

    /** Moves what lies elsewhere in adapters that are here; false when nothing does. */
    boolean pass() throws IOException, InterruptedException {
      Map<String, Long> elsewhere = rows.elsewhere(tenant, to);
      elsewhere.keySet().removeIf(adapter -> stores.find(adapter).isEmpty());
      total = moved + elsewhere.values().stream().mapToLong(Long::longValue).sum();
      for (String adapter : elsewhere.keySet()) {
        from(adapter);
      }
      return !elsewhere.isEmpty();
    }

    private void from(String adapter) throws IOException, InterruptedException {
      List<RecordedBlob> page;
      @Nullable BlobKey after = null;
      do {
        page = rows.page(tenant, adapter, after, PAGE);
        for (RecordedBlob recorded : page) {
          tell();
          one(recorded);
          after = recorded.blob().key();
        }
      } while (page.size() == PAGE);
    }

    private void one(RecordedBlob recorded) throws IOException, InterruptedException {
      try {
        if (move.move(tenant, recorded.blob(), to, keepOld, pace)) {
          moved++;
        }
      } catch (StorageFullException full) {
        LOG.warn("The blobs of {} cannot be moved: '{}' is full", tenant, to, full);
        throw new JobFailedException("The adapter '" + to + "' is full. " + moved + " were moved");
      } catch (StorageUnavailableException away) {
        throw away;
      } catch (IOException e) {
        if (Thread.interrupted()) {
          InterruptedException stopping = new InterruptedException();
          stopping.initCause(e);
          throw stopping;
        }
        unmoved.add(recorded.blob().key(), e);
        audit.appendApart(tenant, BlobMove.entry(recorded.blob(), to).failed());
      }
    }

    void requireNoFailure() {
      if (!unmoved.isEmpty()) {
        throw new JobFailedException(
            unmoved.words() + " " + moved + " were moved. The log names them all");
      }
    }
  }

  /** The migration's configuration. */
  public @interface Config {
    /** How many MiB a second are copied and read back, at least 1. */
    int mebibytesPerSecond() default 32;

    /** How many minutes an old copy stays for those who are reading it, at least 1. */
    int keepOldMinutes() default 60;
  }
}
