package org.tonekeep.vault.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.jpa.BlobRowStore;
import org.tonekeep.vault.internal.jpa.CopyStore;

/** What the operator asks and does about blobs that lie in another adapter. */
@Component(service = BlobMoves.class)
public final class BlobMoves {
  private final StoreBoard stores;
  private final BlobRowStore rows;
  private final CopyStore copies;
  private final Jobs jobs;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public BlobMoves(
      @Reference StoreBoard stores,
      @Reference BlobRowStore rows,
      @Reference CopyStore copies,
      @Reference Jobs jobs,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.stores = stores;
    this.rows = rows;
    this.copies = copies;
    this.jobs = jobs;
    this.audit = audit;
    this.tx = tx;
  }

  /**
   * How a tenant stands with an adapter.
   *
   * @param chosen whether new blobs go there
   * @param running whether it is here
   * @param oldCopies how many copies wait there for their deletion
   * @param firstDue when the first of these is deleted; empty when there is none
   */
  public record Place(
      String adapter,
      boolean chosen,
      boolean running,
      long blobs,
      long bytes,
      long oldCopies,
      Optional<Instant> firstDue) {
    private Place with(long moreBlobs, long moreBytes) {
      return new Place(adapter, chosen, running, moreBlobs, moreBytes, oldCopies, firstDue);
    }

    private Place waiting(CopyStore.Lying lying) {
      return new Place(
          adapter, chosen, running, blobs, bytes, lying.count(), Optional.of(lying.firstDue()));
    }
  }

  /**
   * Starts to move all blobs of a tenant to an adapter.
   *
   * @param wanted the adapter; empty for the one that the tenant's file names
   * @return the job; empty when all blobs lie there already
   * @throws org.tonekeep.tenant.api.AdapterMissingException when that adapter is not running
   * @throws IllegalStateException when blobs are being moved already
   */
  public Optional<JobId> start(TenantId tenant, String wanted) {
    String to = wanted.isEmpty() ? stores.chosen(tenant) : wanted;
    BlobStore unused = stores.require(to);
    last(tenant)
        .filter(job -> !job.state().ended())
        .ifPresent(
            job -> {
              throw new IllegalStateException(
                  "Job " + job.id() + " moves blobs already; tonekeep:job-cancel ends it");
            });
    return tx.call(
        tenant,
        () -> {
          Map<String, Long> elsewhere = rows.elsewhere(tenant, to);
          if (elsewhere.isEmpty()) {
            return Optional.empty();
          }
          audit.append(
              tenant, AuditEntry.of(Actor.operator(), "blob.migrate").with(BlobMigration.TO, to));
          return Optional.of(
              jobs.enqueue(
                  tenant,
                  new JobRequest(
                      "",
                      BlobMigration.KIND,
                      BlobMigration.SUBJECT,
                      Map.of(BlobMigration.TO, to))));
        });
  }

  /** The newest job that moves blobs. */
  public Optional<Job> last(TenantId tenant) {
    return jobs.ofSubject(tenant, BlobMigration.SUBJECT).stream()
        .filter(job -> job.request().kind().equals(BlobMigration.KIND))
        .findFirst();
  }

  /** Where the tenant's blobs and old copies lie. */
  public List<Place> places(TenantId tenant) {
    Map<String, Place> places = new TreeMap<>();
    Place own = empty(tenant, stores.chosen(tenant));
    places.put(own.adapter(), own);
    for (BlobRowStore.Lying lying : rows.lying(tenant)) {
      places.put(
          lying.adapter(), empty(tenant, lying.adapter()).with(lying.blobs(), lying.bytes()));
    }
    for (CopyStore.Lying lying : copies.lying(tenant)) {
      Place there = places.getOrDefault(lying.adapter(), empty(tenant, lying.adapter()));
      places.put(lying.adapter(), there.waiting(lying));
    }
    return new ArrayList<>(places.values());
  }

  private Place empty(TenantId tenant, String adapter) {
    return new Place(
        adapter,
        adapter.equals(stores.chosen(tenant)),
        stores.find(adapter).isPresent(),
        0,
        0,
        0,
        Optional.empty());
  }
}
