package org.tonekeep.vault.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.LiveHolders;
import org.tonekeep.identity.api.Role;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.api.SignedUrls.Offer;
import org.tonekeep.storage.api.SignedUrls.SignedUrl;
import org.tonekeep.storage.memory.internal.MemoryBlobStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.vault.internal.jpa.AccessStore;
import org.tonekeep.vault.internal.jpa.BlobRowStore;
import org.tonekeep.vault.internal.jpa.CopyStore;
import org.tonekeep.vault.internal.jpa.UsageStore;

/** The whole vault over a fresh database and a store in memory. */
final class TestVault implements AutoCloseable {
  static final TenantId ALICE = FakeSites.ALICE;
  static final TenantId BOB = FakeSites.BOB;
  static final String OWNER = "01890000-0000-7000-8000-000000000001";
  static final String TRACK = "01890000-0000-7000-8000-00000000000a";
  static final String OTHER = "01890000-0000-7000-8000-000000000002";

  final TestClock clock = TestClock.standing();
  final FakeSites sites = new FakeSites();
  final FakeJobs jobs = new FakeJobs();
  final BlobStore memory = new MemoryBlobStore(clock, 64L << 20);
  final TestKeys keys = new TestKeys(clock);
  final StoreBoard stores = new StoreBoard(sites, keys, new DamageReport());
  final TestDatabase database;
  final BlobRowStore rows;
  final CopyStore copies;
  final BlobRemoval removal;
  final Plans plans = new Plans();
  final QuotaLedger quotas;
  final TenantVault vault;
  final HmacSignedUrls urls = new HmacSignedUrls(sites, sites, keys, clock);
  final FakeHolders sessions = new FakeHolders();
  final HolderBoard holders = new HolderBoard();
  final TestAudit audit = new TestAudit();
  final AccessStore accessRows;
  final Accesses accesses;

  TestVault(TestDatabase.Engine engine) {
    this(TestDatabase.open(engine, "vault"));
  }

  TestVault(TestDatabase opened) {
    database = opened;
    rows = new BlobRowStore(database.unit("vault"));
    copies = new CopyStore(database.unit("vault"));
    removal = new BlobRemoval(rows, copies, database.tx());
    accessRows = new AccessStore(database.unit("vault"));
    accesses = node();
    add("memory", memory);
    holders.addKind(sessions, Map.of(LiveHolders.KIND, Holder.SESSION));
    quotas =
        new QuotaLedger(
            sites, plans.accounts, new UsageStore(database.unit("vault")), database.tx());
    for (TenantId tenant : new TenantId[] {ALICE, BOB}) {
      keys.create(tenant, OWNER);
      keys.create(tenant, OTHER);
    }
    vault = new TenantVault(sites, sites, stores, rows, copies, quotas, database.tx(), jobs, clock);
  }

  /** The accesses of another node over the same database. */
  Accesses node() {
    return new Accesses(accessRows, sites, audit, database.tx(), clock);
  }

  Elsewhere elsewhere() {
    return new Elsewhere(sites, stores, rows, clock);
  }

  BlobMove move() {
    return new BlobMove(stores, rows, copies, removal, audit, database.tx(), clock);
  }

  OldCopies oldCopies() {
    return new OldCopies(stores, copies, removal, jobs, clock);
  }

  /** Moves as fast as it can, and keeps old copies for an hour. */
  BlobMigration migration() {
    return new BlobMigration(
        stores, rows, move(), oldCopies(), audit, clock, Long.MAX_VALUE, Duration.ofHours(1));
  }

  BlobMoves moves() {
    return new BlobMoves(stores, rows, copies, jobs, audit, database.tx());
  }

  ByteDoor door() {
    return new ByteDoor(urls, sites, rows, stores, holders, accesses, clock);
  }

  /** An address of a blob, for the session of {@link #caller}. */
  SignedUrl sign(TenantId tenant, Blob blob, Disposition disposition, String fileName) {
    Who who =
        new Who(tenant, Optional.of(caller(tenant)), "", "r1", Peer.unknown(), DoorServer.HOST);
    return urls.sign(who, new Offer(blob, TRACK, disposition, fileName));
  }

  void add(String adapter, BlobStore store) {
    stores.addStore(store, Map.of(BlobStore.ADAPTER, adapter));
  }

  void remove(String adapter, BlobStore store) {
    stores.removeStore(store, Map.of(BlobStore.ADAPTER, adapter));
  }

  Blob receive(TenantId tenant, byte[] bytes) throws IOException {
    return vault.receiveAudio(tenant, OWNER, new ByteArrayInputStream(bytes));
  }

  Blob recorded(TenantId tenant, byte[] bytes) throws IOException {
    Blob blob = receive(tenant, bytes);
    vault.record(tenant, blob);
    return blob;
  }

  static Caller caller(TenantId tenant) {
    return new Caller(tenant, new AccountId(OWNER), Set.of(Role.ARTIST), "session-1");
  }

  @Override
  public void close() {
    database.close();
  }
}
