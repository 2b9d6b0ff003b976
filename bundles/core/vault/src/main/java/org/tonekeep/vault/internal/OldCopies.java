package org.tonekeep.vault.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.jpa.CopyStore;

/**
 * Deletes old and unfinished copies of blobs when their time has come, and comes again while there
 * are more. While an adapter with due copies is away the job waits for that.
 */
@Component(service = {JobHandler.class, OldCopies.class})
public final class OldCopies implements JobHandler {
  static final String KIND = "core.blob-copies";
  static final String SUBJECT = "copies";

  private static final Logger LOG = LoggerFactory.getLogger(OldCopies.class);
  private static final int PAGE = 200;

  /** The shortest pause before the next look, and before another try of a failed deletion. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(15);

  private final StoreBoard stores;
  private final CopyStore copies;
  private final BlobRemoval removal;
  private final Jobs jobs;
  private final Clock clock;

  @Activate
  public OldCopies(
      @Reference StoreBoard stores,
      @Reference CopyStore copies,
      @Reference BlobRemoval removal,
      @Reference Jobs jobs,
      @Reference Clock clock) {
    this.stores = stores;
    this.copies = copies;
    this.removal = removal;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Makes sure that somebody looks at a time. */
  void expect(TenantId tenant, Instant at) {
    boolean expected =
        jobs.ofSubject(tenant, SUBJECT).stream()
            .anyMatch(
                job ->
                    job.request().kind().equals(KIND)
                        && job.state() == JobState.WAITING
                        && !job.runAt().isAfter(at));
    if (!expected) {
      var unused = jobs.enqueueAt(tenant, request(), at);
    }
  }

  private static JobRequest request() {
    return new JobRequest("", KIND, SUBJECT, Map.of());
  }

  @Override
  public void run(JobContext context) throws IOException, InterruptedException {
    TenantId tenant = context.job().tenant();
    Instant now = clock.instant();
    List<CopyStore.Lying> due =
        copies.lying(tenant).stream().filter(l -> !l.firstDue().isAfter(now)).toList();
    for (CopyStore.Lying lying : due) {
      Optional<BlobStore> store = stores.find(lying.adapter());
      if (store.isPresent()) {
        delete(context, lying, store.get(), now);
      }
    }
    due.forEach(lying -> stores.require(lying.adapter()));
    Optional<Instant> next = copies.nextDue(tenant);
    context.commit(
        () ->
            next.ifPresent(
                at -> {
                  Instant soonest = clock.instant().plus(PAUSE);
                  var unused =
                      jobs.enqueueAt(tenant, request(), at.isBefore(soonest) ? soonest : at);
                }));
  }

  private void delete(JobContext context, CopyStore.Lying lying, BlobStore store, Instant now)
      throws InterruptedException {
    TenantId tenant = context.job().tenant();
    String adapter = lying.adapter();
    long done = 0;
    List<BlobKey> page;
    do {
      page = copies.due(tenant, adapter, now, PAGE);
      for (BlobKey key : page) {
        context.progress(done++, lying.count(), "deleting old copies");
        one(tenant, key, adapter, store);
      }
    } while (!page.isEmpty());
  }

  private void one(TenantId tenant, BlobKey key, String adapter, BlobStore store)
      throws InterruptedException {
    try {
      BlobRemoval.Outcome unused = removal.remove(tenant, key, adapter, store);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        InterruptedException stopping = new InterruptedException();
        stopping.initCause(e);
        throw stopping;
      }
      LOG.warn("An old copy of {} in '{}' stays for now: {}", key.path(), adapter, e.toString());
      copies.keep(tenant, key, adapter, clock.instant().plus(AFTER_FAILURE));
    }
  }
}
