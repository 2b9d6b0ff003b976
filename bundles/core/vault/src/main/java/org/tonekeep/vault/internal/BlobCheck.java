package org.tonekeep.vault.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.crypt.DamagedBlobException;
import org.tonekeep.vault.internal.jpa.BlobRowStore;

/**
 * Compares what the database remembers with what the stores hold: reads every blob and hashes it,
 * and looks for bytes that nobody remembers. Changes nothing.
 */
@Component(service = BlobCheck.class)
public final class BlobCheck {
  private static final int PAGE = 200;
  private static final int LISTED = 1000;
  private static final long UNHURRIED = Long.MAX_VALUE;

  private final StoreBoard stores;
  private final BlobRowStore rows;
  private final Audit audit;
  private final Clock clock;

  @Activate
  public BlobCheck(
      @Reference StoreBoard stores,
      @Reference BlobRowStore rows,
      @Reference Audit audit,
      @Reference Clock clock) {
    this.stores = stores;
    this.rows = rows;
    this.audit = audit;
    this.clock = clock;
  }

  /** What can be wrong with a blob. */
  public enum Fault {
    /** Its bytes are not in the adapter that its row names. */
    MISSING,
    /** Its bytes are not those that were stored. */
    DAMAGED,
    /** Its adapter is not running, or cannot read it: nothing is known. */
    UNREACHABLE,
    /** Bytes that no row names; they are swept when they are a day old. */
    ORPHAN
  }

  /** One thing that is wrong. */
  public record Finding(Fault fault, BlobKey key, String adapter, String detail) {}

  /**
   * What was seen.
   *
   * @param blobs how many are remembered
   * @param hashed how many of them were read and hashed
   */
  public record Report(long blobs, long hashed, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }

    public long count(Fault fault) {
      return findings.stream().filter(finding -> finding.fault() == fault).count();
    }

    /** Whether every remembered blob is there as it was stored. */
    public boolean sound() {
      return findings.stream().allMatch(finding -> finding.fault() == Fault.ORPHAN);
    }
  }

  /**
   * Checks all blobs of a tenant.
   *
   * @param percent which share is hashed, 1 to 100, chosen at random; of the others only place and
   *     length are looked at
   * @param progress told how many blobs were checked
   */
  public Report check(TenantId tenant, int percent, LongConsumer progress) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("The sample is 1 to 100 percent");
    }
    Run run = new Run(tenant, percent, progress);
    Set<String> adapters = new TreeSet<>(stores.present().keySet());
    rows.lying(tenant).forEach(lying -> adapters.add(lying.adapter()));
    adapters.forEach(run::remembered);
    adapters.forEach(run::orphans);
    Report report = new Report(run.blobs, run.hashed, run.findings);
    AuditEntry entry =
        AuditEntry.of(Actor.operator(), "blob.check")
            .with("blobs", Long.toString(report.blobs()))
            .with("hashed", Long.toString(report.hashed()));
    for (Fault fault : Fault.values()) {
      entry = entry.with(fault.name().toLowerCase(Locale.ROOT), "" + report.count(fault));
    }
    audit.append(tenant, report.sound() ? entry : entry.failed());
    return report;
  }

  /** One check. */
  private final class Run {
    private final TenantId tenant;
    private final int percent;
    private final LongConsumer progress;
    private final Pace pace = new Pace(UNHURRIED, System::nanoTime, this::tell);
    private final List<Finding> findings = new ArrayList<>();
    private long blobs;
    private long hashed;

    Run(TenantId tenant, int percent, LongConsumer progress) {
      this.tenant = tenant;
      this.percent = percent;
      this.progress = progress;
    }

    private void tell() {
      progress.accept(blobs);
    }

    void remembered(String adapter) {
      List<RecordedBlob> page;
      @Nullable BlobKey after = null;
      do {
        page = rows.page(tenant, adapter, after, PAGE);
        for (RecordedBlob recorded : page) {
          one(recorded.blob());
          after = recorded.blob().key();
          blobs++;
          tell();
        }
      } while (page.size() == PAGE);
    }

    private void one(Blob blob) {
      Optional<Finding> found = look(blob);
      if (found.isEmpty()) {
        return;
      }
      // It may have been discarded or moved while it was read.
      Optional<Blob> now = rows.find(tenant, blob.key()).map(RecordedBlob::blob);
      if (now.isPresent()) {
        (now.get().equals(blob) ? found : look(now.get())).ifPresent(findings::add);
      }
    }

    private Optional<Finding> look(Blob blob) {
      Optional<BlobStore> store = stores.find(blob.adapter());
      if (store.isEmpty()) {
        return found(Fault.UNREACHABLE, blob, "the adapter is not running");
      }
      try {
        return ThreadLocalRandom.current().nextInt(100) < percent
            ? hash(store.get(), blob)
            : measure(store.get(), blob);
      } catch (NoSuchBlobException absent) {
        return found(
            Fault.MISSING,
            blob,
            absent.getCause() instanceof NoOwnerKeyException ? "its owner's key is gone" : "");
      } catch (DamagedBlobException damaged) {
        return found(Fault.DAMAGED, blob, String.valueOf(damaged.getMessage()));
      } catch (IOException e) {
        return found(Fault.UNREACHABLE, blob, String.valueOf(e.getMessage()));
      }
    }

    private Optional<Finding> hash(BlobStore store, Blob blob) throws IOException {
      hashed++;
      Reading.Found found = Reading.of(store, blob.key(), pace);
      return found.is(blob)
          ? Optional.empty()
          : found(Fault.DAMAGED, blob, "it has other bytes than its row says");
    }

    private Optional<Finding> measure(BlobStore store, Blob blob) throws IOException {
      BlobStat stat = store.stat(blob.key()).orElseThrow(NoSuchBlobException::new);
      return stat.length() == blob.length()
          ? Optional.empty()
          : found(Fault.DAMAGED, blob, "it has another length than its row says");
    }

    private Optional<Finding> found(Fault fault, Blob blob, String detail) {
      return Optional.of(new Finding(fault, blob.key(), blob.adapter(), detail));
    }

    void orphans(String adapter) {
      Optional<BlobStore> store = stores.find(adapter);
      if (store.isEmpty()) {
        return;
      }
      try {
        orphans(adapter, store.get());
      } catch (IOException e) {
        throw new UncheckedIOException("The adapter '" + adapter + "' does not list its blobs", e);
      }
    }

    private void orphans(String adapter, BlobStore store) throws IOException {
      String after = "";
      List<BlobStat> page;
      do {
        page = store.list(tenant, "", after, LISTED);
        List<BlobKey> keys = page.stream().map(BlobStat::key).toList();
        Set<BlobKey> known = new HashSet<>(rows.remembered(tenant, adapter, keys));
        for (BlobStat stat : page) {
          after = stat.key().path();
          tell();
          if (!known.contains(stat.key())) {
            findings.add(new Finding(Fault.ORPHAN, stat.key(), adapter, age(stat)));
          }
        }
      } while (page.size() == LISTED);
    }

    private String age(BlobStat stat) {
      Duration age = Duration.between(stat.modified(), clock.instant());
      return age.compareTo(OrphanSweep.AGE) < 0
          ? "stored " + stat.modified() + ", perhaps an upload on its way"
          : "stored " + stat.modified();
    }
  }
}
