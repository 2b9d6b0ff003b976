package org.tonekeep.audit.internal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds leaves to a tree and says which tiles that makes or makes wider. */
public final class Growth implements Tiles {
  private long size;
  private final Tiles before;

  /** The tiles at the right edge by level; of {@link #widths} hashes each. */
  private final List<byte[]> edge = new ArrayList<>();

  private final List<Integer> widths = new ArrayList<>();
  private final Map<TilePath, byte[]> full = new LinkedHashMap<>();

  /** A tree that begins empty. */
  public Growth() {
    this(
        0,
        (level, tile, width) -> {
          throw new BrokenTreeException("There is no tile of an empty tree");
        });
  }

  /**
   * A tree that is there. Only its right edge is read.
   *
   * @throws BrokenTreeException when a tile of the edge is missing or too short
   */
  public Growth(long size, Tiles before) {
    this.size = size;
    this.before = before;
    for (int level = 0; size >> (HEIGHT * level) > 0; level++) {
      long hashes = size >> (HEIGHT * level);
      int width = (int) (hashes % WIDTH);
      byte[] tile = new byte[WIDTH * TreeHash.LENGTH];
      if (width > 0) {
        byte[] kept = before.tile(level, hashes / WIDTH, width);
        System.arraycopy(kept, 0, tile, 0, width * TreeHash.LENGTH);
      }
      edge.add(tile);
      widths.add(width);
    }
  }

  /** How many leaves there are. */
  public long size() {
    return size;
  }

  /** Adds a leaf by its hash (RFC 6962: {@link TreeHash#leaf}). */
  public void add(byte[] leafHash) {
    size++;
    add(0, leafHash);
  }

  private void add(int level, byte[] hash) {
    if (level == edge.size()) {
      edge.add(new byte[WIDTH * TreeHash.LENGTH]);
      widths.add(0);
    }
    byte[] tile = edge.get(level);
    int width = widths.get(level);
    System.arraycopy(hash, 0, tile, width * TreeHash.LENGTH, TreeHash.LENGTH);
    if (width + 1 < WIDTH) {
      widths.set(level, width + 1);
      return;
    }
    long number = (size >> (HEIGHT * level)) / WIDTH - 1;
    full.put(new TilePath(level, number, WIDTH), tile.clone());
    widths.set(level, 0);
    add(level + 1, TreeView.fold(tile, 0, WIDTH));
  }

  /** The root over all leaves. */
  public byte[] root() {
    return new TreeView(size, this).root();
  }

  /** The tiles that became full since the last call; forgets them. */
  public Map<TilePath, byte[]> takeFull() {
    Map<TilePath, byte[]> taken = new LinkedHashMap<>(full);
    full.clear();
    return taken;
  }

  /** The tiles at the right edge that are not full. */
  public Map<TilePath, byte[]> partial() {
    Map<TilePath, byte[]> tiles = new LinkedHashMap<>();
    for (int level = 0; level < edge.size(); level++) {
      int width = widths.get(level);
      if (width > 0) {
        tiles.put(
            new TilePath(level, (size >> (HEIGHT * level)) / WIDTH, width),
            Arrays.copyOf(edge.get(level), width * TreeHash.LENGTH));
      }
    }
    return tiles;
  }

  @Override
  public byte[] tile(int level, long tile, int width) {
    boolean atEdge = level < edge.size() && tile == (size >> (HEIGHT * level)) / WIDTH;
    if (atEdge) {
      return edge.get(level);
    }
    byte[] made = full.get(new TilePath(level, tile, WIDTH));
    return made != null ? made : before.tile(level, tile, width);
  }
}
