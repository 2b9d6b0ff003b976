package org.tonekeep.audit.internal;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tonekeep.audit.internal.Verdict.Finding;
import org.tonekeep.audit.internal.note.Checkpoint;
import org.tonekeep.audit.internal.tree.BrokenTreeException;
import org.tonekeep.audit.internal.tree.Growth;
import org.tonekeep.audit.internal.tree.TilePath;
import org.tonekeep.audit.internal.tree.Tiles;
import org.tonekeep.audit.internal.tree.TreeHash;
import org.tonekeep.tenant.api.TenantId;

/** One walk over all leaves of a log, bundle by bundle. Of two faults it keeps the earlier. */
final class LogWalk {
  /** Bundles whose rows are read at once. */
  private static final int BUNDLES = 16;

  private final TenantId tenant;
  private final TreeStore trees;
  private final EntryStore entries;
  private final EntryMac macs;
  private final Checkpoint checkpoint;
  private final Instant pruned;
  private final Growth growth = new Growth();
  private Map<Long, StoredEntry> rows = Map.of();
  private @Nullable Finding first;
  private long whole;
  private long erased;
  private long missing;

  /**
   * @param pruned rows of what happened until then may be missing
   */
  LogWalk(
      TenantId tenant,
      TreeStore trees,
      EntryStore entries,
      EntryMac macs,
      Checkpoint checkpoint,
      Instant pruned) {
    this.tenant = tenant;
    this.trees = trees;
    this.entries = entries;
    this.macs = macs;
    this.checkpoint = checkpoint;
    this.pruned = pruned;
  }

  /** Walks over everything, or until nothing more can be said. */
  void walk(Optional<Checkpoint> kept) {
    long size = checkpoint.size();
    for (long tile = 0; tile * Tiles.WIDTH < size && first == null; tile++) {
      if (tile % BUNDLES == 0) {
        read(tile * Tiles.WIDTH);
      }
      bundle(tile, (int) Math.min(Tiles.WIDTH, size - tile * Tiles.WIDTH), kept);
    }
    if (first == null) {
      growth.partial().forEach(this::compare);
    }
    if (first == null && !checkpoint.hasRoot(growth.root())) {
      found(-1, "", "the signed root is that of other entries");
    }
  }

  private void read(long from) {
    Map<Long, StoredEntry> page = new HashMap<>();
    long to = Math.min(from + (long) BUNDLES * Tiles.WIDTH, checkpoint.size());
    entries.leaves(tenant, from, to).forEach(leaf -> page.put(leaf.index(), leaf.entry()));
    rows = page;
  }

  private void bundle(long tile, int width, Optional<Checkpoint> kept) {
    long from = tile * Tiles.WIDTH;
    byte[] hashes;
    List<byte[]> leaves;
    try {
      leaves = trees.bundle(tenant, tile, width);
      hashes = trees.tiles(tenant).tile(0, tile, width);
    } catch (BrokenTreeException e) {
      found(from, "", String.valueOf(e.getMessage()));
      return;
    }
    for (int i = 0; i < width; i++) {
      byte[] hash = TreeHash.leaf(leaves.get(i));
      leaf(from + i, leaves.get(i), Arrays.equals(hash, hash(hashes, i)));
      growth.add(hash);
      if (kept.isPresent()
          && kept.get().size() == growth.size()
          && !kept.get().hasRoot(growth.root())) {
        found(from + i, "", "the log up to here is not that of the checkpoint in the data folder");
      }
    }
    growth.takeFull().forEach(this::compare);
  }

  private static byte[] hash(byte[] hashes, int number) {
    int at = number * TreeHash.LENGTH;
    return Arrays.copyOfRange(hashes, at, at + TreeHash.LENGTH);
  }

  private void leaf(long index, byte[] leaf, boolean inTile) {
    StoredEntry row = rows.get(index);
    String entry = row == null ? "" : row.id();
    if (!Leaf.wellFormed(leaf)) {
      found(index, entry, "the bundle holds something else than a leaf");
    } else if (row == null) {
      missing++;
      if (Instant.ofEpochMilli(Leaf.time(leaf)).isAfter(pruned)) {
        found(index, "", "the row is gone before its time");
      }
    } else {
      row(index, row, leaf);
    }
    if (!inTile) {
      found(index, entry, "the bundle and the tile differ");
    }
  }

  private void row(long index, StoredEntry row, byte[] leaf) {
    if (row.erased()) {
      erased++;
    } else {
      whole++;
    }
    Optional<String> difference = row.difference(leaf);
    if (difference.isPresent()) {
      found(index, row.id(), "differs in " + difference.get());
    } else if (!row.leaf().equals(Leaf.text(leaf))) {
      found(index, row.id(), "differs in the leaf");
    } else if (!macs.holds(tenant, row.erased(), row.leaf(), row.mac())) {
      found(
          index,
          row.id(),
          row.erased() ? "was emptied, but by no erasure of ours" : "was not written by us");
    }
  }

  /** Levels above the leaves, whose hashes the walk has compared one by one. */
  private void compare(TilePath path, byte[] computed) {
    if (path.level() == 0) {
      return;
    }
    long from = (path.tile() * Tiles.WIDTH) << (Tiles.HEIGHT * path.level());
    byte[] stored = trees.content(tenant, path.level(), path.tile()).orElse(new byte[0]);
    int length = path.width() * TreeHash.LENGTH;
    if (stored.length < length || !Arrays.equals(computed, 0, length, stored, 0, length)) {
      found(from, "", "tile " + path + " is not that of its leaves");
    }
  }

  /** Notes a fault. */
  void found(long index, String entry, String what) {
    if (first == null || (first.index() >= 0 && index >= 0 && index < first.index())) {
      first = new Finding(index, entry, what);
    }
  }

  /** How many rows were met. */
  long met() {
    return whole + erased;
  }

  Verdict verdict(String note) {
    return new Verdict(checkpoint.size(), whole, erased, missing, note, Optional.ofNullable(first));
  }
}
