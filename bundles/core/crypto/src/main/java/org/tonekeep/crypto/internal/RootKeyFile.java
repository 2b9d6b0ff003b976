package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
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
  private static final String FOLDER_MODE = "rwx------";
  private static final String KEY_MODE = "r--------";
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path file;
  private final Path data;
  private final Instant started;
  private final Link link;

  /**
   * @param started when this process began: a database that is older was not made by this start
   */
  RootKeyFile(Path keys, Path data, Instant started) {
    this(keys, data, started, Files::createLink);
  }

  RootKeyFile(Path keys, Path data, Instant started, Link link) {
    this.file = keys.resolve(KEY);
    this.data = data;
    this.started = started;
    this.link = link;
  }

  /** Gives a file a second name; not every file system can. */
  interface Link {
    Path make(Path name, Path existing) throws IOException;
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
  HkdfKeyRing open() throws IOException {
    if (!Files.exists(file)) {
      refuseBesideData();
      make();
    }
    closeToOthers(folder(), FOLDER_MODE);
    closeToOthers(file, KEY_MODE);
    byte[] key = Files.readAllBytes(file);
    if (key.length != LENGTH) {
      throw new KeysRefusedException(file + " is damaged: it must hold exactly 32 bytes");
    }
    HkdfKeyRing ring = new HkdfKeyRing(key);
    claim(ring.fingerprint());
    return ring;
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

  /** Who may read the root key may forge every signed address, so only its owner may. */
  private static void closeToOthers(Path path, String mode) throws IOException {
    if (!isPosix(path)) {
      return;
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
    if (OWNERS.containsAll(found)) {
      return;
    }
    String was = PosixFilePermissions.toString(found);
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (FileSystemException e) {
      KeysRefusedException refused =
          new KeysRefusedException(
              path + " is open to others (" + was + ") and cannot be closed: make it " + mode);
      refused.initCause(e);
      throw refused;
    }
    LOG.warn(
        "{} was open to others ({}) and is now {}: who read it knows the key", path, was, mode);
  }

  private void make() throws IOException {
    Path folder = folder();
    Files.createDirectories(folder, mode(file, FOLDER_MODE));
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    if (publish(file, key, KEY_MODE)) {
      LOG.info("Made the root key {}: back it up, apart from the data", file);
    }
  }

  private void claim(String fingerprint) throws IOException {
    Path mark = data.resolve(FINGERPRINT);
    byte[] ours = (fingerprint + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    if (!Files.exists(mark)) {
      Files.createDirectories(data, mode(data, FOLDER_MODE));
      boolean unused = publish(mark, ours, "rw-------");
    }
    if (!java.util.Arrays.equals(Files.readAllBytes(mark), ours)) {
      throw new KeysRefusedException(
          "The key " + file + " is not the one that the data in " + data + " belongs to");
    }
  }

  /** Writes whole, synced, and never over a file that is there; false when one was. */
  private boolean publish(Path file, byte[] bytes, String mode) throws IOException {
    Path temporary = file.resolveSibling("." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              mode(file, mode))) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          int unused = channel.write(rest);
        }
        channel.force(true);
      }
      name(file, temporary);
    } catch (FileAlreadyExistsException madeByAnother) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
    try (FileChannel folder = FileChannel.open(parent(file), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return true;
  }

  private void name(Path file, Path temporary) throws IOException {
    try {
      Path unused = link.make(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Without hard links there is no name that is never overwritten: looking first leaves only
      // two first starts in the same instant, and the fingerprint tells on those.
      LOG.debug("{} cannot be linked", file, e);
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.getFileSystem().getPath("/") : parent;
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
