package org.tonekeep.audit.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.testing.kit.TestDatabase;

/** The log over a database; its tree grows when it is told to. */
public final class OpenLog {
  private static final int MOST = 100;

  private final EntryStore store;
  private final LogVerifier verifier;
  private final Sequencer sequencer;
  private final AuditLog log;

  /**
   * @param db with the unit audit
   * @param folder for the checkpoint outside of the database
   */
  public OpenLog(TestDatabase db, Path folder, KeyRing keys, Tenants tenants, Clock clock) {
    TreeStore trees = new TreeStore(db.dataSource(), db.tx());
    Witness witness = new Witness(folder);
    this.store = new EntryStore(db.dataSource(), db.tx());
    LogWriter writer = new LogWriter(trees, witness, keys, tenants, db.tx(), clock);
    this.verifier = new LogVerifier(trees, store, writer, witness, keys);
    this.sequencer = new Sequencer(writer, trees, store, new EntryMac(keys), tenants);
    this.log = new AuditLog(store, sequencer, keys, db.tx(), clock);
  }

  public Audit log() {
    return log;
  }

  /** Puts what is waiting into the tree, also what the table alone remembers. */
  public void grow() {
    for (int i = 0; i < 2 * SWEEP; i++) {
      sequencer.tick();
    }
  }

  private static final int SWEEP = 5;

  /** Why the log does not verify, or does not go on; empty when all is well. */
  public Optional<String> wrong(TenantId tenant) {
    if (!sequencer.refusals().isEmpty()) {
      return Optional.of(sequencer.refusals().toString());
    }
    return verifier.verify(tenant).flatMap(Verdict::first).map(Verdict.Finding::toString);
  }

  /** {@code action subject} of an owner's newest entries. */
  public Set<String> of(TenantId tenant, String owner) {
    EntryQuery all =
        new EntryQuery("", "", owner, "", Optional.empty(), Optional.empty(), "", MOST);
    List<StoredEntry> found = store.list(tenant, all);
    Set<String> said = new HashSet<>();
    found.forEach(entry -> said.add(entry.action() + " " + entry.subject()));
    return said;
  }

  public void close() {
    sequencer.stop();
    log.stop();
  }
}
