package org.tonekeep.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Another program that checks a proof: from the specifications alone, with nothing of the product.
 * One file, JDK 17: {@code java OfflineProof.java <verifier key> <file>}.
 */
final class OfflineProof {
  private OfflineProof() {}

  public static void main(String[] arguments) {
    try {
      System.out.println(check(arguments[0], Files.readString(Path.of(arguments[1]))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The opened lines of a proof that holds; throws when it does not. */
  static List<String> check(String verifierKey, String proof) {
    List<String> lines = proof.lines().toList();
    require(lines.get(0).equals("c2sp.org/tlog-proof@v1"), "first line");
    String extra = new String(base64(lines.get(1).substring("extra ".length())), UTF_8);
    long index = Long.parseLong(lines.get(2).substring("index ".length()));
    int gap = lines.indexOf("");
    List<byte[]> path = new ArrayList<>();
    lines.subList(3, gap).forEach(line -> path.add(base64(line)));
    List<String> note = lines.subList(gap + 1, lines.size());
    signature(verifierKey, note);
    long size = Long.parseLong(note.get(1));
    require(index < size, "index");
    byte[] leaf = sha256(new byte[] {0}, leaf(extra.lines().toList()));
    byte[] root = root(index, size, leaf, path, path.size());
    require(Arrays.equals(root, base64(note.get(2))), "root");
    return extra.lines().toList();
  }

  /** RFC 6962 section 2.1.1 backwards: the last hash of the path belongs to the largest tree. */
  private static byte[] root(long index, long size, byte[] leaf, List<byte[]> path, int used) {
    if (size == 1) {
      require(used == 0, "path is too long");
      return leaf;
    }
    require(used > 0, "path is too short");
    long left = Long.highestOneBit(size - 1);
    byte[] sibling = path.get(used - 1);
    return index < left
        ? sha256(new byte[] {1}, root(index, left, leaf, path, used - 1), sibling)
        : sha256(new byte[] {1}, sibling, root(index - left, size - left, leaf, path, used - 1));
  }

  private static byte[] leaf(List<String> extra) {
    require(extra.get(0).equals("tonekeep-audit@v1"), "extra");
    String id = word(extra, 1);
    String action = word(extra, 3);
    byte[] act =
        sha256(
            url(word(extra, 5)),
            prefixed(id),
            prefixed(action),
            new byte[] {Byte.parseByte(word(extra, 4))});
    byte[] people;
    if (extra.get(6).startsWith("erased ")) {
      people = url(word(extra, 6));
    } else {
      byte[][] parts = new byte[5][];
      for (int i = 0; i < parts.length; i++) {
        String[] words = extra.get(6 + i).split(" ");
        byte[] value = words.length == 3 ? url(words[2]) : new byte[0];
        parts[i] = words[1].equals("-") ? value : sha256(url(words[1]), value);
      }
      people = sha256(parts);
    }
    return ByteBuffer.allocate(73)
        .put((byte) 1)
        .putLong(Long.parseLong(word(extra, 2)))
        .put(act)
        .put(people)
        .array();
  }

  private static void signature(String verifierKey, List<String> note) {
    String[] key = verifierKey.strip().split("\\+", 3);
    require(note.get(0).equals(key[0]), "origin");
    String text = String.join("\n", note.subList(0, note.indexOf(""))) + "\n";
    String start = "\u2014 " + key[0] + " ";
    byte[] line =
        base64(
            note.stream()
                .filter(l -> l.startsWith(start))
                .findFirst()
                .orElseThrow()
                .substring(start.length()));
    byte[] typed = base64(key[2]);
    byte[] id = Arrays.copyOf(sha256((key[0] + "\n").getBytes(UTF_8), typed), 4);
    require(HexFormat.of().formatHex(id).equals(key[1]), "key id");
    require(Arrays.equals(id, Arrays.copyOf(line, 4)), "signature's key");
    byte[] spki = HexFormat.of().parseHex("302a300506032b6570032100" + "00".repeat(32));
    System.arraycopy(typed, 1, spki, 12, 32);
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
      check.update(text.getBytes(UTF_8));
      require(check.verify(line, 4, line.length - 4), "signature");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String word(List<String> lines, int line) {
    return lines.get(line).split(" ", 2)[1];
  }

  private static byte[] prefixed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocate(2 + bytes.length).putShort((short) bytes.length).put(bytes).array();
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static byte[] url(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException("The proof does not hold: " + what);
    }
  }
}
