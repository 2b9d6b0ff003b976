package org.tonekeep.audit.internal.tree;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a tile or a bundle of entries (c2sp.org/tlog-tiles).
 *
 * @param level 0 to 63, or {@link #ENTRIES}
 * @param tile counted from the left
 * @param width 1 to 256; fewer than 256 for a partial one
 */
public record TilePath(int level, long tile, int width) {
  /** The level of bundles of entries. */
  public static final int ENTRIES = -1;

  private static final int GROUP = 1000;
  private static final Pattern FORM =
      Pattern.compile("(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");
  private static final int MOST_LEVEL = 63;

  /**
   * Reads what follows {@code tile/}; empty for what is not exactly one of our names: no second
   * spelling of a name is one.
   */
  public static Optional<TilePath> parse(String path) {
    Matcher form = FORM.matcher(path);
    if (!form.matches()) {
      return Optional.empty();
    }
    int level = form.group(1).equals("entries") ? ENTRIES : Integer.parseInt(form.group(1));
    long tile = Long.parseLong(form.group(2).replaceAll("[x/]", ""));
    int width = form.group(3) == null ? Tiles.WIDTH : Integer.parseInt(form.group(3));
    TilePath found = new TilePath(level, tile, width);
    return level <= MOST_LEVEL
            && width >= 1
            && width <= Tiles.WIDTH
            && found.toString().equals(path)
        ? Optional.of(found)
        : Optional.empty();
  }

  /** Whether the tile has all its hashes, so that it never grows. */
  public boolean full() {
    return width == Tiles.WIDTH;
  }

  /** How many hashes the tile has in a tree of that size, 0 to 256. */
  public static int width(long size, int level, long tile) {
    int height = Tiles.HEIGHT * Math.max(0, level);
    long hashes = height > MOST_LEVEL - 1 ? 0 : size >> height;
    long before = Math.min(tile, Long.MAX_VALUE / Tiles.WIDTH) * Tiles.WIDTH;
    return (int) Math.max(0, Math.min(Tiles.WIDTH, hashes - before));
  }

  /** As in addresses, such as {@code 0/x001/x234/067} or {@code entries/000.p/7}. */
  @Override
  public String toString() {
    StringBuilder path = new StringBuilder(String.format("%03d", tile % GROUP));
    for (long rest = tile / GROUP; rest > 0; rest /= GROUP) {
      path.insert(0, String.format("x%03d/", rest % GROUP));
    }
    String partial = full() ? "" : ".p/" + width;
    return (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + path + partial;
  }
}
