package org.tonekeep.audit.internal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.internal.Verdict.Finding;
import org.tonekeep.audit.internal.note.Checkpoint;
import org.tonekeep.audit.internal.note.NoteException;
import org.tonekeep.audit.internal.note.VerifierKey;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/**
 * Computes a whole log again, from the rows to the signature, a few thousand entries at a time. It
 * changes nothing and holds nobody up: what is appended meanwhile is beyond the checkpoint that it
 * began with.
 */
@Component(service = LogVerifier.class)
public final class LogVerifier {
  /** How long an entry may be on its way into the tree. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private final TreeStore trees;
  private final EntryStore entries;
  private final LogWriter writer;
  private final Witness witness;
  private final EntryMac macs;

  @Activate
  public LogVerifier(
      @Reference TreeStore trees,
      @Reference EntryStore entries,
      @Reference LogWriter writer,
      @Reference Witness witness,
      @Reference KeyRing keys) {
    this.trees = trees;
    this.entries = entries;
    this.writer = writer;
    this.witness = witness;
    this.macs = new EntryMac(keys);
  }

  /** Verifies the tenant's log; empty when it has none yet. */
  public Optional<Verdict> verify(TenantId tenant) {
    Optional<String> kept; // read first: the database may go on meanwhile, but never back
    try {
      kept = witness.last(tenant);
    } catch (IOException e) {
      kept = Optional.of("");
    }
    Optional<TreeRow> tree = trees.find(tenant);
    if (tree.isEmpty()) {
      return kept.map(
          note ->
              new Verdict(
                  0, 0, 0, 0, "", Optional.of(new Finding(-1, "", "the whole log is gone"))));
    }
    try {
      return Optional.of(verify(tenant, tree.get(), kept));
    } catch (NoteException e) {
      return Optional.of(
          Verdict.broken(
              tree.get(), "a checkpoint is damaged or of another key: " + e.getMessage()));
    } catch (BrokenLogException e) {
      return Optional.of(Verdict.broken(tree.get(), String.valueOf(e.getMessage())));
    }
  }

  private Verdict verify(TenantId tenant, TreeRow tree, Optional<String> keptNote) {
    VerifierKey key = writer.key(tenant, tree).verifier();
    Optional<Checkpoint> kept = keptNote.map(key::open);
    if (tree.checkpoint().isEmpty()) {
      return kept.isPresent()
          ? Verdict.broken(tree, "the database is older than the checkpoint in the data folder")
          : new Verdict(0, 0, 0, 0, "", lost(tenant, tree));
    }
    Checkpoint checkpoint = key.open(tree.checkpoint());
    if (checkpoint.size() != tree.leaves()) {
      return Verdict.broken(tree, "the checkpoint is not that of the tree's size");
    }
    LogWalk walk = new LogWalk(tenant, trees, entries, macs, checkpoint, pruned(tenant));
    walk.walk(kept);
    if (kept.isPresent() && kept.get().size() > checkpoint.size()) {
      walk.found(
          -1,
          "",
          "the database is older than the checkpoint in the data folder, of "
              + kept.get().size()
              + " entries");
    }
    if (walk.met() != entries.count(tenant)) { // else every row is a leaf's
      lost(tenant, tree).ifPresent(finding -> walk.found(-1, finding.entry(), finding.what()));
    }
    return walk.verdict(tree.checkpoint());
  }

  /** Rows beside the tree: nobody appends such. */
  private Optional<Finding> lost(TenantId tenant, TreeRow tree) {
    Optional<Finding> beyond =
        trees
            .beyond(tenant, tree.leaves())
            .filter(
                entry -> trees.find(tenant).map(TreeRow::leaves).equals(Optional.of(tree.leaves())))
            .map(entry -> new Finding(-1, entry, "is noted as a leaf beyond the tree"));
    if (beyond.isPresent()) {
      return beyond;
    }
    return entries
        .lost(tenant, tree.signedAt().minus(ON_ITS_WAY))
        .map(entry -> new Finding(-1, entry.id(), "is in the table, but was never appended"));
  }

  /** Until when rows may be missing, as the log itself says. */
  private Instant pruned(TenantId tenant) {
    return entries.list(tenant, EntryQuery.newest(AuditUpkeep.PRUNE, 1)).stream()
        .filter(e -> macs.holds(tenant, e.erased(), e.leaf(), e.mac()))
        .filter(e -> e.difference(Leaf.bytes(e.leaf())).isEmpty())
        .flatMap(e -> e.entry().stream())
        .map(
            e ->
                Instant.ofEpochMilli(
                    Long.parseLong(e.facts().getOrDefault(AuditUpkeep.UNTIL, "0"))))
        .findFirst()
        .orElse(Instant.EPOCH);
  }
}
