package org.tonekeep.vault.internal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestGate;
import org.tonekeep.vault.internal.jpa.BlobRowStore;
import org.tonekeep.vault.internal.jpa.CopyStore;
import org.tonekeep.vault.internal.jpa.UsageStore;

/** The vault over a database and one store. */
public final class OpenVault {
  private static final String ADAPTER = "fs";
  private static final int PAGE = 1000;
  private static final int WHATEVER_THE_SHARE = 100;

  private final Tenants tenants;
  private final BlobRowStore rows;
  private final BlobRemoval removal;
  private final StoreBoard stores;
  private final TenantVault vault;

  /**
   * @param db with the unit vault
   */
  public OpenVault(
      TestDatabase db, BlobStore store, Tenants tenants, OwnerKeys keys, Jobs jobs, Clock clock) {
    this.tenants = tenants;
    this.rows = new BlobRowStore(db.unit("vault"));
    CopyStore copies = new CopyStore(db.unit("vault"));
    this.removal = new BlobRemoval(rows, copies, db.tx());
    this.stores = new StoreBoard(tenants, keys, new DamageReport());
    stores.addStore(store, Map.of(BlobStore.ADAPTER, ADAPTER));
    QuotaLedger quotas =
        new QuotaLedger(tenants, nobody(), new UsageStore(db.unit("vault")), db.tx());
    this.vault =
        new TenantVault(
            tenants, TestGate.open(), stores, rows, copies, quotas, db.tx(), jobs, clock);
  }

  private static Accounts nobody() {
    return (Accounts)
        Proxy.newProxyInstance(
            OpenVault.class.getClassLoader(),
            new Class<?>[] {Accounts.class},
            (proxy, method, args) -> Optional.empty());
  }

  public Vault vault() {
    return vault;
  }

  /** Deletes the bytes of what was discarded. */
  public JobHandler deletion() {
    return new BlobDeletion(stores, removal);
  }

  /** The recorded blobs of an owner. */
  public List<Blob> of(TenantId tenant, String owner) {
    return rows.ofOwner(tenant, owner).stream().map(RecordedBlob::blob).toList();
  }

  /** Sweeps as if so much time had passed. */
  public int sweep(TenantId tenant, Clock clock, Duration later) throws IOException {
    OrphanSweep sweep =
        new OrphanSweep(
            tenants, stores, rows, removal, Clock.offset(clock, later), WHATEVER_THE_SHARE);
    try {
      return sweep.sweep(tenant, ADAPTER, stores.require(ADAPTER));
    } finally {
      sweep.stop();
    }
  }

  /** Whether bytes lie under the key. */
  public boolean hasBytes(Blob blob) throws IOException {
    return stores.require(ADAPTER).stat(blob.key()).isPresent();
  }

  /** Paths of bytes of the owner without a row. */
  public List<String> orphans(TenantId tenant, String owner) throws IOException {
    List<String> known = of(tenant, owner).stream().map(blob -> blob.key().path()).toList();
    List<String> found = new ArrayList<>();
    for (BlobStat stat : stores.require(ADAPTER).list(tenant, owner, "", PAGE)) {
      if (!known.contains(stat.key().path())) {
        found.add(stat.key().path());
      }
    }
    return found;
  }
}
