package org.tonekeep.testing.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.tonekeep.audit.internal.OpenLog;
import org.tonekeep.crypto.internal.KeyFolder;
import org.tonekeep.jobs.internal.OpenQueue;
import org.tonekeep.storage.fs.internal.FsBlobStore;
import org.tonekeep.storage.fs.internal.Shelf;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestTenants;
import org.tonekeep.vault.internal.OpenVault;

/** All stores of a node in one folder, opened as after a start. */
final class Ground implements AutoCloseable {
  static final TenantId TENANT = TestTenants.ALICE;
  private static final Duration SWEPT_AFTER = Duration.ofHours(25);

  final Clock clock = Clock.systemUTC();
  final TestDatabase db;
  final OpenLog log;
  final OpenQueue queue;
  KeyFolder keys;
  OpenVault vault;

  private final Path folder;
  private FsBlobStore blobs;

  Ground(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.db = TestDatabase.derby(folder.resolve("db"), "vault", "jobs", "audit");
    this.queue = new OpenQueue(db, clock);
    this.keys = KeyFolder.open(folder, clock);
    this.blobs = Shelf.open(folder.resolve("blobs"));
    this.vault = openVault();
    this.log = new OpenLog(db, folder.resolve("audit"), keys.ring(), new TestTenants(), clock);
  }

  private OpenVault openVault() {
    return new OpenVault(db, blobs, new TestTenants(), keys.owners(), queue.jobs(), clock);
  }

  /** Closes and opens what lies in files, as a restart does. */
  void reopen() throws IOException {
    keys.forget();
    keys = KeyFolder.open(folder, clock);
    blobs.close();
    blobs = Shelf.open(folder.resolve("blobs"));
    vault = openVault();
  }

  /** Does at once what the platform does by and by: waiting jobs, the sweep, the tree. */
  void settle() throws IOException {
    queue.work(TENANT, vault.deletion());
    int unused = vault.sweep(TENANT, clock, SWEPT_AFTER);
    log.grow();
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    log.close();
    blobs.close();
    db.close();
  }
}
