package org.tonekeep.audit.internal;

import java.util.Optional;

/**
 * What a verification found.
 *
 * @param size how many entries the checkpoint has
 * @param whole how many of them were computed again from their rows
 * @param erased how many have lost their private parts: their acts were computed again
 * @param pruned how many rows are removed because of their age: their hashes were computed again
 * @param checkpoint what was verified, as a signed note; empty before the first entry
 * @param first the first that is wrong
 */
public record Verdict(
    long size, long whole, long erased, long pruned, String checkpoint, Optional<Finding> first) {
  /**
   * Something wrong.
   *
   * @param index of the leaf; -1 when it is none
   * @param entry id of the entry; empty when nobody knows
   */
  public record Finding(long index, String entry, String what) {
    /** For the operator. */
    @Override
    public String toString() {
      String place = index < 0 ? "The log" : "Leaf " + index;
      return place + (entry.isEmpty() ? "" : ", entry " + entry) + ": " + what;
    }
  }

  static Verdict broken(TreeRow tree, String what) {
    return new Verdict(
        tree.leaves(), 0, 0, 0, tree.checkpoint(), Optional.of(new Finding(-1, "", what)));
  }
}
