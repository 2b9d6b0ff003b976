package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private files for input that a decoder must seek in (an MP4 file's index may lie at its end).
 * They lie in memory ({@code /dev/shm}) when that has room, else in the data folder; they have mode
 * 0600 and lose their name as soon as the decoder holds them open. What a killed process left is
 * removed by the next one.
 */
final class SpoolFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
  private static final String PREFIX = "tonekeep-decoder-";

  private final Path memory;
  private final Path disk;
  private final String name = PREFIX + ProcessHandle.current().pid();

  /**
   * @param memory a tmpfs; may be absent
   * @param disk a folder for what does not fit there
   */
  SpoolFolder(Path memory, Path disk) {
    this.memory = memory;
    this.disk = disk;
    sweep(memory);
    sweep(disk);
  }

  /**
   * Copies a source into a new private file.
   *
   * @param length what the source says it is; more is refused
   * @return the file; the caller deletes it
   */
  Path write(InputStream source, long length) throws IOException {
    Path folder = folder(length);
    Path file =
        Files.createTempFile(
            folder,
            "in-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean whole = false;
    try (var out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long total = 0;
      for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
        total += n;
        if (total > length) {
          throw new IOException("The source is longer than it said");
        }
        out.write(buffer, 0, n);
      }
      whole = true;
      return file;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path folder(long length) throws IOException {
    if (Files.isDirectory(memory)
        && Files.isWritable(memory)
        && Files.getFileStore(memory).getUsableSpace() > 2 * length) {
      return make(memory);
    }
    Files.createDirectories(disk);
    return make(disk);
  }

  private Path make(Path parent) throws IOException {
    Path folder = parent.resolve(name);
    if (!Files.isDirectory(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (java.nio.file.FileAlreadyExistsException e) {
        LOG.debug("Another thread made the folder", e);
      }
    }
    // /dev/shm is open to all: never write into a folder that somebody else put there.
    if (!isOurs(folder)) {
      throw new IOException("The spool folder belongs to somebody else");
    }
    return folder;
  }

  private static boolean isOurs(Path folder) throws IOException {
    return Files.getOwner(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)
        .equals(Files.getOwner(Path.of("/proc/self")));
  }

  private static void sweep(Path parent) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        String pid = folder.getFileName().toString().substring(PREFIX.length());
        Optional<ProcessHandle> owner =
            pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        if (owner.isEmpty() && isOurs(folder)) {
          remove(folder);
        }
      }
    } catch (IOException e) {
      LOG.warn("The decoder's spool folder could not be swept", e);
    }
  }

  /** Removes this process's folders. */
  void close() {
    for (Path parent : new Path[] {memory, disk}) {
      try {
        remove(parent.resolve(name));
      } catch (IOException e) {
        LOG.warn("The decoder's spool folder could not be removed", e);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
