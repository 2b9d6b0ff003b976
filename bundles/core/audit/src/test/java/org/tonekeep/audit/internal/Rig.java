package org.tonekeep.audit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** The whole log over a fresh database; nothing happens by itself. */
final class Rig implements AutoCloseable {
  final TestClock clock = TestClock.standing();
  final TestKeys keys = new TestKeys(clock);
  final TestTenants tenants = new TestTenants();
  final EntryMac macs = new EntryMac(keys);
  final TestDatabase db;
  final Path folder;
  final Sql sql;
  final EntryStore store;
  final TreeStore trees;
  final Witness witness;
  final LogWriter writer;
  final Proofs proofs;
  final AuditData data;
  final LogVerifier verifier;
  Sequencer sequencer;
  AuditLog log;

  Rig(Engine engine) {
    db = TestDatabase.open(engine, "audit");
    try {
      folder = Files.createTempDirectory("audit");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sql = new Sql(db.unwatched());
    store = new EntryStore(db.dataSource(), db.tx());
    trees = new TreeStore(db.dataSource(), db.tx());
    witness = new Witness(folder);
    writer = new LogWriter(trees, witness, keys, tenants, db.tx(), clock);
    proofs = new Proofs(trees, writer);
    data = new AuditData(store, proofs, keys, db.tx());
    verifier = new LogVerifier(trees, store, writer, witness, keys);
    sequencer = new Sequencer(writer, trees, store, macs, tenants);
    log = new AuditLog(store, sequencer, keys, db.tx(), clock);
  }

  /** As after a restart: what was only in memory is gone. */
  void restart() {
    sequencer = new Sequencer(writer, trees, store, macs, tenants);
    log = new AuditLog(store, sequencer, keys, db.tx(), clock);
  }

  /** Appends and puts everything into the tree. */
  void append(TenantId tenant, AuditEntry... entries) {
    for (AuditEntry entry : entries) {
      log.append(tenant, entry);
    }
    sequencer.tick();
  }

  /** The newest entry. */
  StoredEntry newest(TenantId tenant) {
    return store.list(tenant, EntryQuery.newest("", 1)).get(0);
  }

  List<StoredEntry> all(TenantId tenant) {
    return store.list(tenant, EntryQuery.newest("", 10_000));
  }

  String checkpoint(TenantId tenant) {
    return trees.find(tenant).orElseThrow().checkpoint();
  }

  Verdict verify(TenantId tenant) {
    return verifier.verify(tenant).orElseThrow();
  }

  @Override
  public void close() {
    db.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
