package org.tonekeep.vault.internal.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.crypt.Sealed.ALICE;
import static org.tonekeep.vault.internal.crypt.Sealed.OTHER;
import static org.tonekeep.vault.internal.crypt.Sealed.OWNER;
import static org.tonekeep.vault.internal.crypt.Sealed.bytes;
import static org.tonekeep.vault.internal.crypt.Sealed.key;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.internal.FolderKeys;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.fs.internal.FsBlobStore;

/** What a copy of the folders is worth after an owner's key was destroyed: the product's keys. */
public final class ColdCopyTest {
  private static final BlobKey ANNAS = key(ALICE, OWNER, 10);
  private static final BlobKey BENS = key(ALICE, OTHER, 11);
  private static final byte[] ANNA = bytes(1, 100_000);
  private static final byte[] BEN = bytes(2, 100_000);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path home;
  private Node node;

  /** A process over a folder of data and one of keys. */
  private static final class Node implements AutoCloseable {
    final FolderKeys keys;
    final FsBlobStore files;
    final BlobStore store;

    Node(Path data, Path keys) throws IOException {
      this.keys = new FolderKeys(keys, data);
      this.files = new FsBlobStore(data.resolve("blobs"));
      this.store = new EncryptedBlobStore(files, this.keys.owners(), (key, how) -> {});
    }

    void put(BlobKey key, byte[] plain) throws IOException {
      assertThat(store.put(key, new ByteArrayInputStream(plain))).isEqualTo(plain.length);
    }

    byte[] read(BlobKey key) throws IOException {
      try (InputStream in = store.read(key, 0, BlobStore.TO_THE_END)) {
        return in.readAllBytes();
      }
    }

    @Override
    public void close() throws IOException {
      keys.end();
      files.close();
    }
  }

  @Before
  public void open() throws IOException {
    home = folder.getRoot().toPath();
    node = node("data", "keys");
    node.keys.owners().create(ALICE, OWNER);
    node.keys.owners().create(ALICE, OTHER);
    node.put(ANNAS, ANNA);
    node.put(BENS, BEN);
  }

  private Node node(String data, String keys) throws IOException {
    return new Node(home.resolve(data), home.resolve(keys));
  }

  private void copy(String from, String to) throws IOException {
    Path source = home.resolve(from);
    try (Stream<Path> walk = Files.walk(source)) {
      for (Path path : walk.toList()) {
        Path target = home.resolve(to).resolve(source.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (Files.isRegularFile(path)) {
          Files.copy(path, target);
        }
      }
    }
  }

  private Map<String, String> hashes(String data) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(home.resolve(data).resolve("blobs").resolve("alice"))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        hashes.put(
            String.valueOf(file.getFileName()),
            HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file))));
      }
    }
    return hashes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertGone(Node where) throws IOException {
    assertThatThrownBy(() -> where.read(ANNAS))
        .isInstanceOf(NoSuchBlobException.class)
        .hasCauseInstanceOf(NoOwnerKeyException.class);
    assertThat(where.read(BENS)).isEqualTo(BEN);
  }

  @Test
  public void shouldBeUnreadableInEveryCopyOnceTheKeyIsDestroyed() throws IOException {
    copy("data", "copy");
    assertThat(hashes("copy")).hasSize(2).isEqualTo(hashes("data"));
    node.keys.owners().destroy(ALICE, OWNER);
    assertGone(node);
    node.close();
    // After a restart, with the copy that was made before, and with a copy of today's keys.
    try (Node again = node("data", "keys")) {
      assertGone(again);
      assertThatThrownBy(() -> again.keys.owners().create(ALICE, OWNER))
          .isInstanceOf(IllegalStateException.class);
    }
    try (Node cold = node("copy", "keys")) {
      assertGone(cold);
    }
    copy("keys", "copied-keys");
    try (Node cold = node("copy", "copied-keys")) {
      assertGone(cold);
    }
  }

  @Test
  public void shouldStayDeadWhenAnOlderCopyOfTheKeysComesBackBesideTheData() throws IOException {
    copy("keys", "older-keys");
    node.keys.owners().destroy(ALICE, OWNER);
    node.close();
    try (Node restored = node("data", "older-keys")) {
      assertGone(restored);
    }
  }

  @Test
  public void shouldLeaveNoBlobOfAnEphemeralOwnerReadableAfterARestart() throws IOException {
    String job = "01890000-0000-7000-8000-00000000000e";
    BlobKey rough = key(ALICE, job, 20);
    List<String> before = keyFiles();
    node.keys.owners().createEphemeral(ALICE, job);
    node.put(rough, ANNA);
    assertThat(node.read(rough)).isEqualTo(ANNA);
    assertThat(keyFiles()).isEqualTo(before);
    copy("data", "copy");
    node.close();
    for (String data : List.of("data", "copy")) {
      try (Node again = node(data, "keys")) {
        assertThatThrownBy(() -> again.read(rough)).isInstanceOf(NoSuchBlobException.class);
        assertThat(again.read(ANNAS)).isEqualTo(ANNA);
        assertThat(again.store.delete(rough)).isTrue();
      }
    }
  }

  private List<String> keyFiles() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(home.resolve("keys"))) {
      walk.forEach(path -> names.add(path.toString()));
    }
    return names.stream().sorted().toList();
  }

  @Test
  public void shouldChangeNoStoredByteWhenKeysAreRotated() throws IOException {
    Map<String, String> before = hashes("data");
    try (InputStream open = node.store.read(ANNAS, 0, BlobStore.TO_THE_END)) {
      byte[] head = open.readNBytes(20_000);
      assertThat(node.keys.rotate(ALICE)).isEqualTo(2);
      assertThat(node.keys.rotate(ALICE)).isEqualTo(3);
      assertThat(head).isEqualTo(java.util.Arrays.copyOf(ANNA, 20_000));
      assertThat(open.readAllBytes()).hasSize(80_000);
    }
    assertThat(hashes("data")).isEqualTo(before);
    assertThat(node.read(ANNAS)).isEqualTo(ANNA);
    node.close();
    try (Node again = node("data", "keys")) {
      assertThat(again.read(ANNAS)).isEqualTo(ANNA);
      assertThat(again.read(BENS)).isEqualTo(BEN);
    }
  }
}
