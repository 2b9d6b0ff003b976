package org.tonekeep.audit.internal.tree;

/** Where a tree's tiles lie (c2sp.org/tlog-tiles). */
public interface Tiles {
  /** Levels of the tree in one tile. */
  int HEIGHT = 8;

  /** Hashes in a full tile. */
  int WIDTH = 1 << HEIGHT;

  /**
   * The first hashes of a tile.
   *
   * @param width how many are needed, 1 to 256
   * @return {@code width} hashes of 32 bytes each, or more
   * @throws BrokenTreeException when the tile is not there or is shorter
   */
  byte[] tile(int level, long tile, int width);
}
