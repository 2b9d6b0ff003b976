package org.tonekeep.audit.internal;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.internal.note.Checkpoint;
import org.tonekeep.audit.internal.note.VerifierKey;
import org.tonekeep.audit.internal.tree.TreeView;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/** Makes proofs for those whom an entry concerns. */
@Component(service = Proofs.class)
public final class Proofs {
  private final TreeStore trees;
  private final LogWriter writer;

  @Activate
  public Proofs(@Reference TreeStore trees, @Reference LogWriter writer) {
    this.trees = trees;
    this.writer = writer;
  }

  /** The key of a tenant's log; empty before the first entry. */
  public Optional<VerifierKey> key(TenantId tenant) {
    return trees.find(tenant).map(tree -> writer.key(tenant, tree).verifier());
  }

  /** The proofs under one checkpoint, the last; empty before there is one. */
  public Optional<Batch> now(TenantId tenant) {
    return trees
        .find(tenant)
        .filter(tree -> !tree.checkpoint().isEmpty())
        .map(
            tree -> {
              Checkpoint last = writer.key(tenant, tree).verifier().open(tree.checkpoint());
              TreeView view = new TreeView(last.size(), trees.tiles(tenant));
              return new Batch(tenant, tree.checkpoint(), last.size(), view);
            });
  }

  /** Proofs under one checkpoint; for one thread. */
  public final class Batch {
    private final TenantId tenant;
    private final String note;
    private final long size;
    private final TreeView view;

    private Batch(TenantId tenant, String note, long size, TreeView view) {
      this.tenant = tenant;
      this.note = note;
      this.size = size;
      this.view = view;
    }

    /** The entry's proof as the account may have it; empty while it is in no checkpoint. */
    public Optional<ProofFile> of(StoredEntry entry, AccountId reader) {
      return trees
          .index(tenant, entry.id())
          .filter(index -> index < size)
          .map(
              index ->
                  ProofFile.of(entry, hidden(entry, reader), index, view.inclusion(index), note));
    }
  }

  /** Somebody else's id and network are nobody's business, not even of whom the act concerned. */
  private static Set<String> hidden(StoredEntry entry, AccountId reader) {
    Set<String> hidden = new TreeSet<>();
    if (!entry.actor().equals(reader.value())) {
      hidden.add("peer");
      if (entry.actorKind().equals(Actor.Kind.ACCOUNT.name())) {
        hidden.add("actor");
      }
    }
    return hidden;
  }
}
