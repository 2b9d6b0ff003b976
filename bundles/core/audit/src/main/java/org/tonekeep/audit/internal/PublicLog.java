package org.tonekeep.audit.internal;

import java.util.Arrays;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.internal.tree.TilePath;
import org.tonekeep.audit.internal.tree.TreeHash;
import org.tonekeep.tenant.api.TenantId;

/** What everybody may have of a tenant's log. */
@Component(service = PublicLog.class)
public final class PublicLog {
  private final TreeStore trees;
  private final Proofs proofs;

  @Activate
  public PublicLog(@Reference TreeStore trees, @Reference Proofs proofs) {
    this.trees = trees;
    this.proofs = proofs;
  }

  /** The last checkpoint as a signed note. */
  public Optional<String> checkpoint(TenantId tenant) {
    return trees.find(tenant).map(TreeRow::checkpoint).filter(note -> !note.isEmpty());
  }

  /** The verifier key, to be kept by whoever wants to check later. */
  public Optional<String> key(TenantId tenant) {
    return proofs.key(tenant).map(Object::toString);
  }

  /** A tile or bundle of the tree of the last checkpoint; as wide as is asked for, or none. */
  public Optional<byte[]> tile(TenantId tenant, TilePath path) {
    long size = trees.find(tenant).map(TreeRow::leaves).orElse(0L);
    return path.width() > TilePath.width(size, path.level(), path.tile())
        ? Optional.empty()
        : trees
            .content(tenant, path.level(), path.tile())
            .map(
                content ->
                    path.level() == TilePath.ENTRIES
                        ? TreeStore.cut(content, path.width())
                        : Arrays.copyOf(content, path.width() * TreeHash.LENGTH));
  }
}
