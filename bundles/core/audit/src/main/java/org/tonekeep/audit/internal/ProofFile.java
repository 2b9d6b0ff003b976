package org.tonekeep.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tonekeep.audit.internal.note.Checkpoint;
import org.tonekeep.audit.internal.note.NoteException;
import org.tonekeep.audit.internal.note.VerifierKey;
import org.tonekeep.audit.internal.tree.ProofCheck;
import org.tonekeep.audit.internal.tree.TreeHash;

/**
 * A proof that an entry is in the log, which needs nothing but the log's verifier key
 * (c2sp.org/tlog-proof). Its extra data are lines that open the leaf: the act, and each private
 * part with its salt, or its hash alone where it is somebody else's.
 *
 * @param opening the lines of the extra data
 * @param path from the leaf's sibling up
 * @param note the checkpoint
 */
public record ProofFile(List<String> opening, long index, List<byte[]> path, String note) {
  private static final String MAGIC = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "tonekeep-audit@v1";
  private static final String HIDDEN = "-";
  private static final int MOST = 64 * 1024;

  /**
   * @param hidden names of {@link Leaf#PARTS} of which only the hashes are told
   */
  static ProofFile of(
      StoredEntry entry, Set<String> hidden, long index, List<byte[]> path, String note) {
    List<String> lines = new ArrayList<>();
    lines.add(EXTRA);
    lines.add("id " + entry.id());
    lines.add("time " + entry.time());
    lines.add("action " + entry.action());
    lines.add("outcome " + entry.success());
    lines.add("act-salt " + entry.actSalt());
    if (entry.erased()) {
      lines.add("erased " + Leaf.text(Leaf.people(Leaf.bytes(entry.leaf()))));
    } else {
      byte[] salt = Leaf.bytes(entry.salt());
      List<String> values = entry.parts();
      for (int i = 0; i < values.size(); i++) {
        String name = Leaf.PARTS.get(i);
        byte[] own = Leaf.partSalt(salt, i);
        lines.add(
            hidden.contains(name)
                ? name + " " + HIDDEN + " " + Leaf.text(Leaf.part(own, values.get(i)))
                : name + " " + Leaf.text(own) + " " + Leaf.text(values.get(i).getBytes(UTF_8)));
      }
    }
    return new ProofFile(lines, index, path, note);
  }

  /** Reads a file; says nothing about whether it proves anything. */
  public static ProofFile parse(String text) {
    int gap = text.indexOf("\n\n");
    if (text.length() > MOST || gap < 0) {
      throw new NoteException("This is not a proof");
    }
    List<String> lines = text.substring(0, gap).lines().toList();
    if (lines.size() < 2 || !lines.get(0).equals(MAGIC) || !lines.get(1).startsWith("extra ")) {
      throw new NoteException("This is not a proof of an audit log");
    }
    String index = lines.size() > 2 ? lines.get(2) : "";
    if (!index.matches("index (0|[1-9][0-9]{0,17})")) {
      throw new NoteException("The proof has no index");
    }
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      String extra = new String(base64.decode(lines.get(1).substring("extra ".length())), UTF_8);
      return new ProofFile(
          extra.lines().toList(),
          Long.parseLong(index.substring("index ".length())),
          lines.subList(3, lines.size()).stream().map(base64::decode).toList(),
          text.substring(gap + 2));
    } catch (IllegalArgumentException e) {
      throw new NoteException("The proof is not base64", e);
    }
  }

  /**
   * Checks everything: the signature, the path and the opened leaf.
   *
   * @return what is proven: names (such as {@code action}, {@code actor}) and values, in order;
   *     hidden parts are missing
   * @throws NoteException when anything is wrong, saying what
   */
  public Map<String, String> verify(VerifierKey key) {
    Checkpoint checkpoint = key.open(note);
    Map<String, String> proven = new LinkedHashMap<>();
    byte[] leaf;
    try {
      leaf = leaf(proven);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new NoteException("The extra data do not open a leaf", e);
    }
    if (!ProofCheck.includes(
        index, checkpoint.size(), TreeHash.leaf(leaf), path, checkpoint.rootHash())) {
      throw new NoteException("The entry is not in the log of this checkpoint");
    }
    return proven;
  }

  private byte[] leaf(Map<String, String> proven) {
    if (!opening.get(0).equals(EXTRA)) {
      throw new IllegalArgumentException("The extra data are not ours");
    }
    String id = value(1, "id");
    String time = value(2, "time");
    String action = value(3, "action");
    int success = Integer.parseInt(value(4, "outcome"));
    byte[] act = Leaf.act(Leaf.bytes(value(5, "act-salt")), id, action, success);
    proven.put("id", id);
    proven.put("time", java.time.Instant.ofEpochMilli(Long.parseLong(time)).toString());
    proven.put("action", action);
    proven.put("outcome", success == 1 ? "done" : "refused or failed");
    return Leaf.of(Long.parseLong(time), act, people(proven));
  }

  private byte[] people(Map<String, String> proven) {
    int at = 6;
    if (opening.get(at).startsWith("erased ")) {
      return Leaf.bytes(value(at, "erased"));
    }
    List<byte[]> parts = new ArrayList<>();
    for (String name : Leaf.PARTS) {
      String[] words = value(at++, name).split(" ", -1);
      byte[] value = Leaf.bytes(words[1]);
      if (words[0].equals(HIDDEN)) {
        parts.add(value);
      } else {
        String text = new String(value, UTF_8);
        parts.add(Leaf.part(Leaf.bytes(words[0]), text));
        proven.put(name, text.replace('\n', ' '));
      }
    }
    return Leaf.people(parts);
  }

  private String value(int line, String name) {
    String text = opening.get(line);
    if (!text.startsWith(name + " ")) {
      throw new IllegalArgumentException("The extra data lack " + name);
    }
    return text.substring(name.length() + 1);
  }

  /** The file. */
  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    StringBuilder text = new StringBuilder(MAGIC).append('\n');
    String extra = String.join("\n", opening) + "\n";
    text.append("extra ").append(base64.encodeToString(extra.getBytes(UTF_8))).append('\n');
    text.append("index ").append(index).append('\n');
    path.forEach(hash -> text.append(base64.encodeToString(hash)).append('\n'));
    return text.append('\n').append(note).toString();
  }
}
