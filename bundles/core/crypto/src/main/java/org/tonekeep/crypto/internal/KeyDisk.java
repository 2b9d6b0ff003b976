package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few operations on the file system that keys hang on. */
final class KeyDisk {
  static final String FOLDER_MODE = "rwx------";
  static final String KEY_MODE = "r--------";
  static final String FILE_MODE = "rw-------";

  /** What every temporary file's name begins with. */
  static final String TEMPORARY = ".";

  private static final Logger LOG = LoggerFactory.getLogger(KeyDisk.class);
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Link link;

  KeyDisk() {
    this(Files::createLink);
  }

  KeyDisk(Link link) {
    this.link = link;
  }

  /** Gives a file a second name; not every file system can. */
  interface Link {
    Path make(Path name, Path existing) throws IOException;
  }

  /** Creates the folder, mode 0700, and its missing parents, durably. */
  static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    createFolders(parent(folder));
    try {
      Path unused = Files.createDirectory(folder, mode(folder, FOLDER_MODE));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    syncFolder(parent(folder));
  }

  /** Makes the folder's entries survive a power cut. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Writes whole, synced, and never over a file that is there.
   *
   * @return false when one was
   */
  boolean publish(Path file, byte[] bytes, String mode) throws IOException {
    Path temporary = write(file, bytes, mode);
    try {
      name(file, temporary);
    } catch (FileAlreadyExistsException there) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(parent(file));
    return true;
  }

  /** Writes whole, synced, in the place of what was there. */
  static void replace(Path file, byte[] bytes, String mode) throws IOException {
    Path temporary = write(file, bytes, mode);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(parent(file));
  }

  /** Appends to a file, made when it is absent, and syncs. */
  static void append(Path file, byte[] bytes) throws IOException {
    boolean made = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS),
            mode(file, FILE_MODE))) {
      writeAll(channel, bytes);
    }
    if (made) {
      syncFolder(parent(file));
    }
  }

  /**
   * Overwrites the file with zeroes, syncs, unlinks and syncs the folder; nothing happens when it
   * is not there. On media that write elsewhere (flash, snapshots) the old bytes may outlive this:
   * what lies here is wrapped, save the day's secret.
   */
  static void destroy(Path file) throws IOException {
    try {
      if (isPosix(file)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE_MODE));
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        writeAll(channel, new byte[Math.toIntExact(channel.size())]);
      }
    } catch (NoSuchFileException gone) {
      // Unlinked by an interrupted call that may not have synced the folder.
      if (!Files.isDirectory(parent(file))) {
        return;
      }
    }
    Files.deleteIfExists(file);
    syncFolder(parent(file));
  }

  /** Opens a file of mode 0400 to be overwritten; {@link #closeKey} follows. */
  static FileChannel openKey(Path file) throws IOException {
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE_MODE));
    }
    return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Gives the file its mode back, unless it is gone. */
  static void closeKey(Path file) throws IOException {
    try {
      if (isPosix(file)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(KEY_MODE));
      }
    } catch (NoSuchFileException gone) {
      LOG.debug("{} is gone", file, gone);
    }
  }

  /** Overwrites the file from its begin; not synced. */
  static void overwrite(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      int unused = channel.write(rest, rest.position());
    }
    if (channel.size() > bytes.length) {
      FileChannel cut = channel.truncate(bytes.length);
      assert cut.isOpen();
    }
  }

  /**
   * Takes the file's name away, durably, and then destroys it; {@link #sweep} ends it otherwise.
   */
  static void destroyAside(Path file) throws IOException {
    Path aside = file.resolveSibling(TEMPORARY + UUID.randomUUID());
    Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(parent(file));
    destroy(aside);
  }

  /** Destroys the temporary files that a crash left in the folder. */
  static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, TEMPORARY + "*")) {
      for (Path temporary : left) {
        destroy(temporary);
      }
    }
  }

  /**
   * Who may read the root key may forge every signed address, so only its owner may.
   *
   * @throws KeysRefusedException when that cannot be mended
   */
  static void closeToOthers(Path path, String mode) throws IOException {
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

  static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.getFileSystem().getPath("/") : parent;
  }

  private static Path write(Path file, byte[] bytes, String mode) throws IOException {
    Path temporary = file.resolveSibling(TEMPORARY + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            mode(file, mode))) {
      writeAll(channel, bytes);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    return temporary;
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      int unused = channel.write(rest);
    }
    channel.force(true);
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

  private static FileAttribute<?>[] mode(Path path, String mode) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
