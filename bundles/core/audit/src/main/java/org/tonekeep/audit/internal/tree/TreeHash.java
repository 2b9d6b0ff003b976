package org.tonekeep.audit.internal.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of a Merkle tree (RFC 6962 section 2.1), over SHA-256. */
public final class TreeHash {
  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private TreeHash() {}

  /** The root of the tree without leaves. */
  public static byte[] empty() {
    return sha256();
  }

  public static byte[] leaf(byte[] data) {
    return sha256(LEAF, data);
  }

  public static byte[] node(byte[] left, byte[] right) {
    return sha256(NODE, left, right);
  }

  /** SHA-256 of the parts, one after another. */
  public static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
