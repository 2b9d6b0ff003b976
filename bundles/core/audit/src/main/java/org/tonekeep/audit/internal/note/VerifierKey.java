package org.tonekeep.audit.internal.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.tonekeep.audit.internal.tree.TreeHash;

/**
 * The public half of a log's Ed25519 key with its name (c2sp.org/signed-note, verifier keys).
 *
 * @param name the log's origin
 * @param key the type and 32 bytes (RFC 8032), in standard base64
 */
public record VerifierKey(String name, String key) {
  /** The type of Ed25519 signatures. */
  private static final byte TYPE = 1;

  private static final int ID = 4;
  private static final int SIGNATURE = 64;

  /** What stands before the 32 bytes in an X.509 SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** The dash before a signature. */
  static final String DASH = "\u2014 ";

  private static final int MOST = 64 * 1024;

  public VerifierKey {
    byte[] typed = decoded(key);
    if (name.isEmpty()
        || name.indexOf('+') >= 0
        || name.codePoints().anyMatch(c -> Character.isSpaceChar(c) || Character.isISOControl(c))
        || typed.length != 1 + TreeHash.LENGTH
        || typed[0] != TYPE) {
      throw new NoteException("This is not a verifier key of the type Ed25519");
    }
  }

  private static byte[] decoded(String key) {
    try {
      return Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      throw new NoteException("A verifier key ends in base64", e);
    }
  }

  /** Reads {@code <name>+<id>+<key>}. */
  public static VerifierKey parse(String text) {
    String[] parts = text.strip().split("\\+", 3); // base64 has plus signs of its own
    VerifierKey found =
        parts.length == 3 ? new VerifierKey(parts[0], parts[2]) : new VerifierKey("", "");
    if (!found.toString().equals(text.strip())) {
      throw new NoteException("The verifier key has another id");
    }
    return found;
  }

  static VerifierKey of(String name, PublicKey key) {
    byte[] encoded = key.getEncoded();
    return of(name, Arrays.copyOfRange(encoded, PREFIX.length, encoded.length));
  }

  static VerifierKey of(String name, byte[] raw) {
    byte[] typed = ByteBuffer.allocate(1 + raw.length).put(TYPE).put(raw).array();
    return new VerifierKey(name, Base64.getEncoder().encodeToString(typed));
  }

  /** The 32 bytes. */
  byte[] raw() {
    return Arrays.copyOfRange(decoded(key), 1, 1 + TreeHash.LENGTH);
  }

  byte[] id() {
    return Arrays.copyOf(TreeHash.sha256((name + "\n").getBytes(UTF_8), decoded(key)), ID);
  }

  /**
   * The checkpoint that a note holds.
   *
   * @throws NoteException when it is no checkpoint of the log of this name, or this key has not
   *     signed it
   */
  public Checkpoint open(String note) {
    int end = note.lastIndexOf("\n\n");
    if (note.length() > MOST || end < 0 || !note.endsWith("\n")) {
      throw new NoteException("This is not a signed note");
    }
    String text = note.substring(0, end + 1);
    boolean signed = false;
    for (String line : note.substring(end + 2, note.length() - 1).split("\n", -1)) {
      byte[] signature = signature(line);
      if (signature.length > 0) {
        if (!verifies(text, signature)) {
          throw new NoteException("The note's signature is wrong");
        }
        signed = true;
      }
    }
    if (!signed) {
      throw new NoteException("The note is not signed by " + name);
    }
    Checkpoint found = Checkpoint.parse(text);
    if (!found.origin().equals(name)) {
      throw new NoteException("The checkpoint is of another log");
    }
    return found;
  }

  /** This key's signature in a line; empty when the line is somebody else's. */
  private byte[] signature(String line) {
    String[] parts = line.startsWith(DASH) ? line.substring(2).split(" ", -1) : new String[0];
    if (parts.length != 2 || parts[0].isEmpty()) {
      throw new NoteException("A line of the note is not a signature");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(parts[1]);
    } catch (IllegalArgumentException e) {
      throw new NoteException("A signature is not base64", e);
    }
    if (bytes.length <= ID || !Base64.getEncoder().encodeToString(bytes).equals(parts[1])) {
      throw new NoteException("A signature is too short, or spelled in another way");
    }
    boolean own = parts[0].equals(name) && Arrays.equals(Arrays.copyOf(bytes, ID), id());
    return own ? Arrays.copyOfRange(bytes, ID, bytes.length) : new byte[0];
  }

  private boolean verifies(String text, byte[] signature) {
    if (signature.length != SIGNATURE) {
      return false;
    }
    try {
      byte[] encoded =
          ByteBuffer.allocate(PREFIX.length + TreeHash.LENGTH).put(PREFIX).put(raw()).array();
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      check.update(text.getBytes(UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new NoteException("The signature cannot be checked", e);
    }
  }

  /** As it is published. */
  @Override
  public String toString() {
    return name + "+" + HexFormat.of().formatHex(id()) + "+" + key;
  }
}
