package org.tonekeep.audit.internal.tree;

import java.util.Arrays;
import java.util.List;

/** Checks proofs as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say. */
public final class ProofCheck {
  private ProofCheck() {}

  /** Whether the leaf with that hash is the tree's leaf of that index. */
  public static boolean includes(
      long index, long size, byte[] leafHash, List<byte[]> proof, byte[] root) {
    if (index < 0 || index >= size || leafHash.length != TreeHash.LENGTH || wrongLengths(proof)) {
      return false;
    }
    long node = index;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = TreeHash.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = TreeHash.node(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  /**
   * Whether the tree of the first size is a beginning of that of the second. There is no proof from
   * the empty tree: it is a beginning of all, so that a proof would say nothing.
   */
  public static boolean consistent(
      long first, long second, List<byte[]> proof, byte[] firstRoot, byte[] secondRoot) {
    if (first < 1 || second < first || wrongLengths(proof)) {
      return false;
    }
    if (first == second) {
      return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
    }
    if (proof.isEmpty()) {
      return false;
    }
    boolean power = Long.bitCount(first) == 1;
    return climb(
        first,
        second,
        proof,
        power ? firstRoot : proof.get(0),
        power ? 0 : 1,
        firstRoot,
        secondRoot);
  }

  private static boolean climb(
      long first,
      long second,
      List<byte[]> proof,
      byte[] seed,
      int from,
      byte[] firstRoot,
      byte[] secondRoot) {
    int odd = Long.numberOfTrailingZeros(first); // trailing ones of first - 1
    long node = (first - 1) >> odd;
    long last = (second - 1) >> odd;
    byte[] small = seed;
    byte[] large = seed;
    for (byte[] hash : proof.subList(from, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        small = TreeHash.node(hash, small);
        large = TreeHash.node(hash, large);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        large = TreeHash.node(large, hash);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(small, firstRoot) && Arrays.equals(large, secondRoot);
  }

  private static boolean wrongLengths(List<byte[]> hashes) {
    return hashes.stream().anyMatch(hash -> hash.length != TreeHash.LENGTH);
  }
}
