package org.tonekeep.audit.internal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of a size, read from its tiles: its root and its proofs (RFC 6962 section 2.1). Remembers
 * the tiles that it has read; for one thread and one question.
 */
public final class TreeView {
  private final long size;
  private final Tiles tiles;
  private final Map<TilePath, byte[]> read = new HashMap<>();

  public TreeView(long size, Tiles tiles) {
    this.size = size;
    this.tiles = tiles;
  }

  public byte[] root() {
    return rootAt(size);
  }

  /** The root when the tree had that many leaves, at most its size. */
  public byte[] rootAt(long leaves) {
    return leaves == 0 ? TreeHash.empty() : over(0, leaves);
  }

  /** The audit path of a leaf, from its sibling up (section 2.1.1). */
  public List<byte[]> inclusion(long leaf) {
    if (leaf < 0 || leaf >= size) {
      throw new IllegalArgumentException("The tree has no such leaf");
    }
    List<byte[]> path = new ArrayList<>();
    path(leaf, 0, size, path);
    return path;
  }

  /** The proof that the tree of the earlier size is a beginning of this one (section 2.1.2). */
  public List<byte[]> consistency(long earlier) {
    if (earlier < 1 || earlier > size) {
      throw new IllegalArgumentException("Not an earlier size of this tree");
    }
    List<byte[]> proof = new ArrayList<>();
    part(earlier, 0, size, true, proof);
    return proof;
  }

  private void path(long leaf, long from, long to, List<byte[]> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + left(to - from);
    if (leaf < middle) {
      path(leaf, from, middle, path);
      path.add(over(middle, to));
    } else {
      path(leaf, middle, to, path);
      path.add(over(from, middle));
    }
  }

  private void part(long leaves, long from, long to, boolean whole, List<byte[]> proof) {
    long all = to - from;
    if (leaves == all) {
      if (!whole) {
        proof.add(over(from, to));
      }
      return;
    }
    long left = left(all);
    long middle = from + left;
    if (leaves <= left) {
      part(leaves, from, middle, whole, proof);
      proof.add(over(middle, to));
    } else {
      part(leaves - left, middle, to, false, proof);
      proof.add(over(from, middle));
    }
  }

  /** The largest power of two that is smaller. */
  private static long left(long leaves) {
    return Long.highestOneBit(leaves - 1);
  }

  /** The hash over leaves; ranges are those that section 2.1 divides a tree into. */
  private byte[] over(long from, long to) {
    long leaves = to - from;
    if (Long.bitCount(leaves) == 1) {
      return complete(Long.numberOfTrailingZeros(leaves), from / leaves);
    }
    long middle = from + left(leaves);
    return TreeHash.node(over(from, middle), over(middle, to));
  }

  /** The hash of a complete subtree, counted from the left among those of its height. */
  private byte[] complete(int height, long index) {
    int level = height / Tiles.HEIGHT;
    int rest = height % Tiles.HEIGHT;
    long first = index << rest;
    byte[] hashes = tile(level, first / Tiles.WIDTH);
    return fold(hashes, (int) (first % Tiles.WIDTH), 1 << rest);
  }

  private byte[] tile(int level, long tile) {
    long hashes = (size >> (Tiles.HEIGHT * level)) - tile * Tiles.WIDTH;
    TilePath path = new TilePath(level, tile, (int) Math.min(Tiles.WIDTH, hashes));
    return read.computeIfAbsent(path, p -> tiles.tile(p.level(), p.tile(), p.width()));
  }

  /** The hash over a power of two of the hashes. */
  static byte[] fold(byte[] hashes, int from, int count) {
    if (count == 1) {
      int at = from * TreeHash.LENGTH;
      return Arrays.copyOfRange(hashes, at, at + TreeHash.LENGTH);
    }
    int half = count / 2;
    return TreeHash.node(fold(hashes, from, half), fold(hashes, from + half, half));
  }
}
