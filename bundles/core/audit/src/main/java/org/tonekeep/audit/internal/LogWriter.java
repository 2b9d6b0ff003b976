package org.tonekeep.audit.internal;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.internal.note.Checkpoint;
import org.tonekeep.audit.internal.note.LogKey;
import org.tonekeep.audit.internal.note.NoteException;
import org.tonekeep.audit.internal.tree.BrokenTreeException;
import org.tonekeep.audit.internal.tree.Growth;
import org.tonekeep.audit.internal.tree.TilePath;
import org.tonekeep.audit.internal.tree.Tiles;
import org.tonekeep.audit.internal.tree.TreeHash;
import org.tonekeep.audit.internal.tree.TreeView;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Puts entries into a tenant's tree and signs the new checkpoint, in one transaction that holds the
 * tree's row. Before that it makes sure that the tables still are what was signed last, here and by
 * the {@link Witness}; if not, it signs nothing.
 */
@Component(service = LogWriter.class)
public final class LogWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final TreeStore trees;
  private final Witness witness;
  private final LogKeys keys;
  private final Tenants tenants;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public LogWriter(
      @Reference TreeStore trees,
      @Reference Witness witness,
      @Reference KeyRing ring,
      @Reference Tenants tenants,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.trees = trees;
    this.witness = witness;
    this.keys = new LogKeys(ring);
    this.tenants = tenants;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * An entry that is to become a leaf.
   *
   * @param leaf see {@link Leaf}, base64url
   */
  record Waiting(String id, String leaf) {
    byte[] bytes() {
      return Leaf.bytes(leaf);
    }
  }

  /** The tree's key. */
  LogKey key(TenantId tenant, TreeRow tree) {
    return keys.open(tenant, tree);
  }

  /**
   * Makes leaves of entries, in their order.
   *
   * @throws BrokenLogException when the tables were changed behind us
   * @throws AuditStoreException a duplicate when one of them is a leaf already
   */
  void append(TenantId tenant, List<Waiting> entries) {
    if (trees.find(tenant).isEmpty()) {
      String origin = origin(tenant);
      trees.create(tenant, origin, keys.make(tenant, origin));
    }
    String note = tx.call(tenant, () -> grow(tenant, entries));
    try {
      witness.keep(tenant, note);
    } catch (IOException e) {
      LOG.warn("The checkpoint of {} could not be kept outside of the database", tenant, e);
    }
  }

  /** The log's name for ever: a changed host does not rename it. */
  private String origin(TenantId tenant) {
    return tenants
        .find(tenant)
        .map(Tenant::hosts)
        .filter(hosts -> !hosts.isEmpty())
        .map(hosts -> hosts.get(0))
        .orElse(tenant + ".invalid")
        .concat("/tlog");
  }

  private String grow(TenantId tenant, List<Waiting> entries) {
    TreeRow tree =
        trees.hold(tenant).orElseThrow(() -> new BrokenLogException("the log's row is gone"));
    LogKey key = keys.open(tenant, tree);
    Growth growth = checked(tenant, tree, key);
    long before = growth.size();
    Map<TilePath, byte[]> changed = bundles(tenant, growth, entries);
    entries.forEach(entry -> growth.add(TreeHash.leaf(entry.bytes())));
    changed.putAll(growth.takeFull());
    growth.partial().entrySet().stream()
        .filter(tile -> grew(before, growth.size(), tile.getKey().level()))
        .forEach(tile -> changed.put(tile.getKey(), tile.getValue()));
    trees.write(tenant, before, changed);
    trees.place(tenant, before, entries.stream().map(Waiting::id).toList());
    String note = key.sign(Checkpoint.of(key.verifier().name(), growth.size(), growth.root()));
    trees.signed(tenant, growth.size(), note, clock.instant());
    return note;
  }

  private static boolean grew(long before, long after, int level) {
    int height = Tiles.HEIGHT * level;
    return before >> height != after >> height;
  }

  private Map<TilePath, byte[]> bundles(TenantId tenant, Growth growth, List<Waiting> entries) {
    Map<TilePath, byte[]> changed = new LinkedHashMap<>();
    long number = growth.size() / Tiles.WIDTH;
    int width = (int) (growth.size() % Tiles.WIDTH);
    List<byte[]> bundle = new ArrayList<>(edge(tenant, growth, number, width));
    for (Waiting entry : entries) {
      bundle.add(entry.bytes());
      if (bundle.size() == Tiles.WIDTH) {
        changed.put(
            new TilePath(TilePath.ENTRIES, number++, Tiles.WIDTH), TreeStore.bundle(bundle));
        bundle.clear();
      }
    }
    if (!bundle.isEmpty()) {
      changed.put(new TilePath(TilePath.ENTRIES, number, bundle.size()), TreeStore.bundle(bundle));
    }
    return changed;
  }

  /** The bundle that is to be widened, which must be what the tree has hashed. */
  private List<byte[]> edge(TenantId tenant, Growth growth, long number, int width) {
    if (width == 0) {
      return List.of();
    }
    try {
      List<byte[]> bundle = trees.bundle(tenant, number, width);
      byte[] hashes = growth.tile(0, number, width);
      for (int i = 0; i < width; i++) {
        int at = i * TreeHash.LENGTH;
        if (!Arrays.equals(
            TreeHash.leaf(bundle.get(i)), 0, TreeHash.LENGTH, hashes, at, at + TreeHash.LENGTH)) {
          throw new BrokenLogException(
              "leaf " + (number * Tiles.WIDTH + i) + " is not what was signed");
        }
      }
      return bundle;
    } catch (BrokenTreeException e) {
      throw new BrokenLogException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The tree as it was signed last; nothing else is made larger. */
  private Growth checked(TenantId tenant, TreeRow tree, LogKey key) {
    try {
      Optional<Checkpoint> kept = witness.last(tenant).map(key.verifier()::open);
      Checkpoint last =
          tree.checkpoint().isEmpty()
              ? Checkpoint.of(tree.origin(), 0, TreeHash.empty())
              : key.verifier().open(tree.checkpoint());
      if (last.size() != tree.leaves()) {
        throw new BrokenLogException("the signed checkpoint is not that of the tree's size");
      }
      if (kept.isPresent() && kept.get().size() > last.size()) {
        throw new BrokenLogException(
            "the database is older than the checkpoint in the data folder: "
                + last.size()
                + " entries, where "
                + kept.get().size()
                + " were signed");
      }
      Growth growth = new Growth(last.size(), trees.tiles(tenant));
      if (!last.hasRoot(growth.root())) {
        throw new BrokenLogException("the tiles are not those of the signed checkpoint");
      }
      if (kept.isPresent() && !goesOn(tenant, last, kept.get())) {
        throw new BrokenLogException(
            "the tree does not go on from the checkpoint in the data folder");
      }
      return growth;
    } catch (NoteException e) {
      throw new BrokenLogException(
          "a checkpoint is damaged or of another key: " + e.getMessage(), e);
    } catch (BrokenTreeException e) {
      throw new BrokenLogException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new BrokenLogException("the checkpoint in the data folder cannot be read", e);
    }
  }

  private boolean goesOn(TenantId tenant, Checkpoint last, Checkpoint kept) {
    return kept.equals(last)
        || kept.hasRoot(new TreeView(last.size(), trees.tiles(tenant)).rootAt(kept.size()));
  }
}
