package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The root key on disk: {@code root.key} in the folder of keys, 32 random bytes, mode 0400 in a
 * folder of mode 0700. {@code key.fingerprint} in the data folder says which root key the data
 * belongs to.
 */
final class RootKeyFile {
  static final String KEY = "root.key";
  static final String FINGERPRINT = "key.fingerprint";

  private static final Logger LOG = LoggerFactory.getLogger(RootKeyFile.class);
  private static final int LENGTH = 32;

  private final Path file;
  private final Path data;
  private final Instant started;
  private final KeyDisk disk;

  /**
   * @param started when this process began: a database that is older was not made by this start
   */
  RootKeyFile(Path keys, Path data, Instant started) {
    this(keys, data, started, new KeyDisk());
  }

  RootKeyFile(Path keys, Path data, Instant started, KeyDisk disk) {
    this.file = keys.resolve(KEY);
    this.data = data;
    this.started = started;
    this.disk = disk;
  }

  Path file() {
    return file;
  }

  /**
   * Reads the root key, or makes it on the first start. A folder or file that others may enter or
   * read is closed to them, with a warning.
   *
   * @throws KeysRefusedException when a new key would orphan data, the key is not the data's, or
   *     others may read it and that cannot be mended
   */
  RootKey open() throws IOException {
    if (!Files.exists(file)) {
      refuseBesideData();
      make();
    }
    KeyDisk.closeToOthers(folder(), KeyDisk.FOLDER_MODE);
    KeyDisk.closeToOthers(file, KeyDisk.KEY_MODE);
    byte[] key = Files.readAllBytes(file);
    if (key.length != LENGTH) {
      throw new KeysRefusedException(file + " is damaged: it must hold exactly 32 bytes");
    }
    return adopt(key, file.toString());
  }

  /**
   * The root key of these bytes, after seeing that the data belongs to it.
   *
   * @param where it comes from, for the refusal
   */
  RootKey adopt(byte[] key, String where) throws IOException {
    RootKey root = new RootKey(key);
    claim(root.fingerprint(), where);
    return root;
  }

  /** Writes a key where there is none. */
  void write(byte[] key) throws IOException {
    KeyDisk.createFolders(folder());
    if (!disk.publish(file, key, KeyDisk.KEY_MODE)) {
      throw new KeysRefusedException(file + " is there already");
    }
  }

  /** Refuses a key that the data does not belong to; data that names none fits. */
  void requireFits(String fingerprint) throws IOException {
    Path mark = data.resolve(FINGERPRINT);
    if (Files.exists(mark) && !Files.readString(mark).equals(fingerprint + "\n")) {
      throw new KeysRefusedException(
          "This key is not the one that the data in " + data + " belongs to");
    }
  }

  private void refuseBesideData() throws IOException {
    if (Files.exists(data.resolve(FINGERPRINT)) || holdsBlobs() || holdsOlderDatabase()) {
      throw new KeysRefusedException(
          "There is data in "
              + data
              + " but no key file "
              + file
              + ": put the keys of this data back (TONEKEEP_KEYS names their folder)");
    }
  }

  private boolean holdsBlobs() throws IOException {
    Path blobs = data.resolve("blobs");
    if (!Files.isDirectory(blobs)) {
      return false;
    }
    // A store that starts beside us makes its hidden working folder first.
    try (DirectoryStream<Path> tenants = Files.newDirectoryStream(blobs, "[!.]*")) {
      return tenants.iterator().hasNext();
    }
  }

  private boolean holdsOlderDatabase() throws IOException {
    Path database = data.resolve("db");
    if (!Files.isDirectory(database)) {
      return false;
    }
    // The database of a first start may be a second old when we come: only what is older than this
    // process counts.
    try (Stream<Path> files = Files.walk(database)) {
      for (Path path : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(started)) {
          return true;
        }
      }
      return false;
    }
  }

  private Path folder() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || folder.getParent() == null) {
      throw new KeysRefusedException("The folder of keys must not be the root of the disk");
    }
    return folder;
  }

  private void make() throws IOException {
    Path folder = folder();
    KeyDisk.createFolders(folder);
    byte[] key = Gcm.newKey();
    if (disk.publish(file, key, KeyDisk.KEY_MODE)) {
      LOG.info("Made the root key {}: back it up, apart from the data", file);
    }
  }

  private void claim(String fingerprint, String where) throws IOException {
    Path mark = data.resolve(FINGERPRINT);
    byte[] ours = (fingerprint + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    if (!Files.exists(mark)) {
      KeyDisk.createFolders(data);
      boolean unused = disk.publish(mark, ours, KeyDisk.FILE_MODE);
    }
    if (!java.util.Arrays.equals(Files.readAllBytes(mark), ours)) {
      throw new KeysRefusedException(
          "The key " + where + " is not the one that the data in " + data + " belongs to");
    }
  }
}
