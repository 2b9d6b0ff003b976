package org.tonekeep.audit.internal.note;

import java.util.Arrays;
import java.util.Base64;
import org.tonekeep.audit.internal.tree.TreeHash;

/**
 * What a log says of itself (c2sp.org/tlog-checkpoint).
 *
 * @param origin the log's name
 * @param size how many entries it has
 * @param root the root of the tree over them, in standard base64
 */
public record Checkpoint(String origin, long size, String root) {
  private static final int LINES = 3;

  public static Checkpoint of(String origin, long size, byte[] root) {
    return new Checkpoint(origin, size, Base64.getEncoder().encodeToString(root));
  }

  public byte[] rootHash() {
    return Base64.getDecoder().decode(root);
  }

  public boolean hasRoot(byte[] other) {
    return Arrays.equals(rootHash(), other);
  }

  /** The text that is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root + "\n";
  }

  /**
   * Reads a text that {@link #text} wrote. Further lines are allowed and left out.
   *
   * @throws NoteException when it is none
   */
  static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length <= LINES || lines[0].isEmpty() || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
      throw new NoteException("This is not a checkpoint");
    }
    Checkpoint found = new Checkpoint(lines[0], Long.parseLong(lines[1]), lines[2]);
    try {
      byte[] root = found.rootHash();
      if (root.length != TreeHash.LENGTH
          || !Base64.getEncoder().encodeToString(root).equals(lines[2])) {
        throw new NoteException("The checkpoint's root is not a hash");
      }
    } catch (IllegalArgumentException e) {
      throw new NoteException("The checkpoint's root is not base64", e);
    }
    return found;
  }
}
