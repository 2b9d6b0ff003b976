package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.StorageUnavailableException;

/** The few operations on the file system that durability hangs on. */
final class Disk {
  private static final int BUFFER = 1 << 16;
  private static final long ROOM_EVERY = 4 << 20;
  private static final String[] FULL = {"no space left on device", "disk quota exceeded"};
  private static final String READ_ONLY = "read-only file system";

  private Disk() {}

  /** Creates a file of mode 0600 that did not exist, for writing. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        mode(file, "rw-------"));
  }

  /** Opens a file for writing; creates it with mode 0600 when it is not there. */
  static FileChannel openOrCreate(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        mode(file, "rw-------"));
  }

  /** Creates a folder of mode 0700; false when it was there. */
  static boolean createFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, mode(folder, "rwx------"));
      return true;
    } catch (FileAlreadyExistsException there) {
      requireFolder(folder);
      return false;
    }
  }

  /** Creates the folder and its missing parents, durably; a link to a folder counts as one. */
  static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = Folders.folderOf(folder);
    createFolders(parent);
    if (createFolder(folder)) {
      syncFolder(parent);
    }
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
    };
  }

  /**
   * Makes sure, in one look, that the path is a folder and no symbolic link to one.
   *
   * @throws NoSuchFileException when there is nothing
   * @throws NotDirectoryException when it is anything else
   */
  static void requireFolder(Path folder) throws IOException {
    if (!Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isDirectory()) {
      throw new NotDirectoryException(folder.toString());
    }
  }

  /** Makes the folder's entries survive a power cut. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Objects, by throwing, when there is too little room to go on. */
  interface Room {
    void require() throws IOException;
  }

  /**
   * Copies a source to its end and syncs; failures of the source pass through unchanged.
   *
   * @param room is asked every few megabytes
   */
  static long copy(InputStream source, FileChannel into, Room room) throws IOException {
    byte[] bytes = new byte[BUFFER];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long length = 0;
    long looked = 0;
    for (int n = source.read(bytes); n >= 0; n = source.read(bytes)) {
      if (length - looked >= ROOM_EVERY) {
        room.require();
        looked = length;
      }
      buffer.clear().limit(n);
      while (buffer.hasRemaining()) {
        try {
          length += into.write(buffer);
        } catch (IOException e) {
          throw explained(e);
        }
      }
    }
    sync(into);
    return length;
  }

  private static void sync(FileChannel channel) throws IOException {
    try {
      channel.force(true);
    } catch (IOException e) {
      // A failed fsync is never tried again: the kernel may have dropped the pages.
      throw explained(e);
    }
  }

  /**
   * A {@link StorageFullException} or a {@link StorageUnavailableException} when that is what the
   * operating system means.
   */
  static IOException explained(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    for (String full : FULL) {
      if (message.contains(full)) {
        StorageFullException explained = new StorageFullException();
        explained.initCause(failure);
        return explained;
      }
    }
    return message.contains(READ_ONLY)
        ? new StorageUnavailableException("The disk is mounted read-only", failure)
        : failure;
  }
}
