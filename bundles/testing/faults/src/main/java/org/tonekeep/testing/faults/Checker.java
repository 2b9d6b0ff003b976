package org.tonekeep.testing.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tonekeep.storage.api.Blob;

/** Compares stores with what was promised. Says everything that is wrong. */
final class Checker {
  private static final byte[] WORD = {1, 2, 3};

  private final Ground ground;
  private final List<String> wrong = new ArrayList<>();
  private final Set<String> keysMade = new TreeSet<>();
  private final Set<String> keysBegun = new TreeSet<>();
  private final Set<String> destroyBegun = new HashSet<>();
  private final Set<String> destroyed = new HashSet<>();
  private final Set<String> removing = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private final Set<String> uncertain = new HashSet<>();
  private final Map<String, String> kept = new HashMap<>();
  private final Map<String, String> ownerOf = new HashMap<>();
  private final Map<String, Set<String>> said = new HashMap<>();
  private final List<Claim> torn = new ArrayList<>();
  private final List<Claim> notes = new ArrayList<>();

  private boolean rotated;

  private Checker(Ground ground) {
    this.ground = ground;
  }

  /**
   * @param claims of one run, in their order
   * @param started whether the stores were just opened, which cleans up what was unfinished
   * @return what is wrong; empty when every promise is kept and nothing is there by halves
   */
  static List<String> check(Ground ground, List<Claim> claims, boolean started) throws IOException {
    Checker checker = new Checker(ground);
    claims.forEach(checker::take);
    ground.settle();
    checker.owners();
    checker.acts();
    ground.log.wrong(Ground.TENANT).ifPresent(what -> checker.wrong.add("audit-verify: " + what));
    if (started) {
      checker.unfinished();
    }
    return checker.wrong;
  }

  private void take(Claim claim) {
    switch (claim.verb()) {
      case "key" -> {
        keysBegun.add(claim.word(1));
        if (claim.done()) {
          keysMade.add(claim.word(1));
        }
      }
      case "destroy" -> (claim.done() ? destroyed : destroyBegun).add(claim.word(1));
      case "delete" -> (claim.done() ? removed : removing).add(claim.word(2));
      case "upload" -> upload(claim);
      case "replace" -> {
        upload(claim);
        (claim.done() ? removed : removing).add(claim.word(4));
        torn.add(claim);
      }
      case "rotate" -> rotated = claim.done();
      case "note" -> {
        if (claim.done()) {
          notes.add(claim);
        }
      }
      default -> wrong.add("The child said " + claim);
    }
  }

  private void upload(Claim claim) {
    if (claim.done()) {
      kept.put(claim.word(3), claim.word(2));
      ownerOf.put(claim.word(3), claim.word(1));
      uncertain.remove(claim.word(2));
    } else {
      uncertain.add(claim.word(2));
    }
  }

  private void owners() throws IOException {
    for (String owner : keysBegun) {
      said.put(owner, ground.log.of(Ground.TENANT, owner));
      boolean exists = ground.keys.owners().exists(Ground.TENANT, owner);
      if (destroyed.contains(owner)) {
        require(!exists, "the destroyed key of " + owner + " is there");
      } else if (exists) {
        byte[] sealed = ground.keys.owners().seal(Ground.TENANT, owner, "t.c", WORD);
        byte[] opened = ground.keys.owners().open(Ground.TENANT, owner, "t.c", sealed);
        require(java.util.Arrays.equals(opened, WORD), "the key of " + owner + " is another");
      } else {
        require(
            !keysMade.contains(owner) || destroyBegun.contains(owner),
            "the key of " + owner + " is lost");
      }
      blobs(owner);
    }
  }

  private void blobs(String owner) throws IOException {
    Set<String> there = new HashSet<>();
    Set<String> sums = new HashSet<>();
    for (Blob blob : ground.vault.of(Ground.TENANT, owner)) {
      String id = blob.key().id();
      there.add(id);
      require(sums.add(blob.sha256()), "one upload made two blobs of " + owner);
      require(
          kept.containsKey(id)
              ? kept.get(id).equals(blob.sha256())
              : uncertain.contains(blob.sha256()),
          "nobody uploaded " + blob);
      require(!removed.contains(id), "the deleted blob is there: " + blob);
      require(
          said.getOrDefault(owner, Set.of()).contains("blob.upload " + id),
          "no entry of the upload of " + blob);
      bytes(owner, blob);
    }
    kept.keySet().stream()
        .filter(id -> owner.equals(ownerOf.get(id)))
        .filter(id -> !removed.contains(id) && !removing.contains(id))
        .forEach(id -> require(there.contains(id), "the blob is lost: " + id + " of " + owner));
    for (String entry : said.getOrDefault(owner, Set.of())) {
      String id = entry.substring(entry.indexOf(' ') + 1);
      boolean gone = said.getOrDefault(owner, Set.of()).contains("blob.delete " + id);
      if (entry.startsWith("blob.upload ")) {
        require(there.contains(id) != gone, "entries and rows of " + id + " differ");
      }
    }
    List<String> orphans = ground.vault.orphans(Ground.TENANT, owner);
    require(orphans.isEmpty(), "bytes without a row after the sweep: " + orphans);
  }

  private void bytes(String owner, Blob blob) {
    boolean readable = !destroyed.contains(owner) && !destroyBegun.contains(owner);
    try (InputStream in = ground.vault.vault().read(Ground.TENANT, blob.key(), 0)) {
      require(Script.sha256(in.readAllBytes()).equals(blob.sha256()), "other bytes in " + blob);
    } catch (IOException e) {
      require(!readable, blob + " cannot be read: " + e);
    }
  }

  private void acts() {
    long behind = ground.keys.behind(Ground.TENANT);
    require(!rotated || behind == 0, behind + " keys are left at an older version");
    for (Claim claim : notes) {
      require(
          said.getOrDefault(claim.word(1), Set.of()).contains("note.write " + claim.word(2)),
          "the entry is lost: " + claim);
    }
    for (Claim claim : torn) {
      // An act that failed may have committed before it did.
      boolean gone =
          said.getOrDefault(claim.word(1), Set.of()).contains("blob.delete " + claim.word(4));
      long made =
          ground.vault.of(Ground.TENANT, claim.word(1)).stream()
              .filter(blob -> blob.key().id().equals(claim.word(4)))
              .count();
      require(gone == (made == 0), "half of " + claim);
    }
  }

  private void unfinished() throws IOException {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(ground.folder().resolve("blobs/.incoming"))) {
      for (Path folder : folders) {
        try (Stream<Path> files = Files.list(folder)) {
          List<String> left =
              files
                  .map(file -> file.getFileName().toString())
                  .filter(n -> !n.equals("lock"))
                  .toList();
          require(left.isEmpty(), "unfinished files are left: " + left);
        }
      }
    }
    try (Stream<Path> files = Files.walk(ground.folder().resolve("keys"))) {
      List<Path> left =
          files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
      require(left.isEmpty(), "unfinished keys are left: " + left);
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      wrong.add(otherwise);
    }
  }
}
