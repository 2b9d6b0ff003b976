package org.tonekeep.vault.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.vault.internal.jpa.BlobRowStore;
import org.tonekeep.vault.internal.jpa.CopyStore;

/** Receives, remembers, opens and forgets blobs. */
@Component(service = Vault.class)
public final class TenantVault implements Vault {
  private static final Logger LOG = LoggerFactory.getLogger(TenantVault.class);
  static final String ORIGINAL = "original";

  private final Tenants tenants;
  private final Gate gate;
  private final StoreBoard stores;
  private final BlobRowStore rows;
  private final CopyStore copies;
  private final QuotaLedger quotas;
  private final Tx tx;
  private final Jobs jobs;
  private final Clock clock;
  private final AudioSniffer sniffer = new AudioSniffer();

  @Activate
  public TenantVault(
      @Reference Tenants tenants,
      @Reference Gate gate,
      @Reference StoreBoard stores,
      @Reference BlobRowStore rows,
      @Reference CopyStore copies,
      @Reference QuotaLedger quotas,
      @Reference Tx tx,
      @Reference Jobs jobs,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.gate = gate;
    this.stores = stores;
    this.rows = rows;
    this.copies = copies;
    this.quotas = quotas;
    this.tx = tx;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public Blob receiveAudio(TenantId tenant, String owner, InputStream source) throws IOException {
    return receive(tenant, owner, source, quotas.room(tenant, owner));
  }

  @Override
  public Blob receiveReserved(TenantId tenant, String owner, InputStream source)
      throws IOException {
    return receive(tenant, owner, source, QuotaLedger.Room.UNLIMITED);
  }

  private Blob receive(TenantId tenant, String owner, InputStream source, QuotaLedger.Room room)
      throws IOException {
    gate.requireKept(tenant, Act.INTAKE);
    long limit = maxUploadBytes(tenant);
    String adapter = stores.chosen(tenant);
    BlobStore store = stores.require(adapter);
    Intake intake =
        new Intake(
            source,
            count -> {
              if (count > limit) {
                throw new TooLargeException(limit);
              }
              room.require(count);
            });
    AudioSniffer.Sniff sniff = sniffer.sniff(intake.head(AudioSniffer.HEAD));
    intake.watch(sniff);
    BlobKey key = new BlobKey(tenant, owner, ORIGINAL, Ids.next(clock));
    long length = store.put(key, intake);
    return new Blob(key, length, intake.sha256(), sniff.mediaType(), adapter);
  }

  @Override
  public long maxUploadBytes(TenantId tenant) {
    return tenants.require(tenant).get(VaultKeys.MAX_BYTES);
  }

  @Override
  public Blob store(
      TenantId tenant, String owner, String kind, String mediaType, InputStream source)
      throws IOException {
    String adapter = stores.chosen(tenant);
    BlobStore store = stores.require(adapter);
    Intake intake = new Intake(source, count -> {});
    BlobKey key = new BlobKey(tenant, owner, kind, Ids.next(clock));
    long length = store.put(key, intake);
    return new Blob(key, length, intake.sha256(), mediaType, adapter);
  }

  @Override
  public void record(TenantId tenant, Blob blob) {
    tx.run(
        tenant,
        () -> {
          rows.insert(tenant, new RecordedBlob(blob, clock.instant()));
          quotas.count(tenant, blob.key(), blob.length());
        });
  }

  @Override
  public Optional<Blob> find(TenantId tenant, BlobKey key) {
    return rows.find(tenant, key).map(RecordedBlob::blob);
  }

  @Override
  public InputStream read(TenantId tenant, BlobKey key, long offset) throws IOException {
    RecordedBlob recorded = rows.find(tenant, key).orElseThrow(NoSuchBlobException::new);
    return stores.require(recorded.blob().adapter()).read(key, offset, BlobStore.TO_THE_END);
  }

  @Override
  public void discard(TenantId tenant, BlobKey key) {
    tx.run(
        tenant,
        () -> {
          Set<String> places = new TreeSet<>(copies.adapters(tenant, key));
          // Locked before it is read: a move to another adapter must not come between.
          Optional<RecordedBlob> recorded =
              rows.lock(tenant, key) ? rows.find(tenant, key) : Optional.empty();
          if (recorded.isPresent() && rows.delete(tenant, key)) {
            quotas.forget(tenant, key, recorded.get().blob().length());
            places.add(recorded.get().blob().adapter());
            for (String adapter : places) {
              Map<String, String> where = Map.of(BlobDeletion.ADAPTER, adapter);
              var unused =
                  jobs.enqueue(tenant, new JobRequest("", BlobDeletion.KIND, key.path(), where));
            }
          }
        });
  }

  @Override
  public void abandon(TenantId tenant, Blob blob) {
    if (!blob.key().tenant().equals(tenant) || rows.find(tenant, blob.key()).isPresent()) {
      throw new IllegalArgumentException("Only unrecorded bytes of the tenant are abandoned");
    }
    try {
      boolean unused = stores.require(blob.adapter()).delete(blob.key());
    } catch (IOException | AdapterMissingException e) {
      LOG.warn("Abandoned bytes of {} stay until the sweep: {}", tenant, e.toString());
    }
  }

  /** Lower-case hexadecimal. */
  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
