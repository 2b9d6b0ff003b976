package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audio.api.UndecodableAudioException;

/**
 * Private files for input that a decoder must seek in (an MP4 file's index may lie at its end).
 * They lie in memory ({@code /dev/shm}), never on a disk unless the operator names a folder (on an
 * encrypted one) for what does not fit; they have mode 0600 and lose their name as soon as the
 * decoder holds them open. Each activation has a folder of a random name, marked alive by a lock
 * that the operating system takes back when the process dies; what the dead left is removed by the
 * next one. (A process id would not tell: in a container it is the same at every start.)
 */
final class SpoolFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
  private static final String PREFIX = "tonekeep-decoder-";
  private static final String LOCK = "lock";

  private final Path memory;
  private final @Nullable Path disk;
  private final String name = PREFIX + UUID.randomUUID();
  private final Map<Path, FileChannel> locks = new HashMap<>();

  /**
   * @param memory a tmpfs; may be absent
   * @param disk a folder for what does not fit there; null: nothing is ever written to a disk
   */
  SpoolFolder(Path memory, @Nullable Path disk) {
    this.memory = memory;
    this.disk = disk;
    sweep(memory);
    if (disk != null) {
      sweep(disk);
    }
  }

  /**
   * Copies a source into a new private file.
   *
   * @param length what the source says it is; more is refused
   * @return the file; the caller deletes it
   * @throws UndecodableAudioException when there is no place that is large enough for it
   * @throws IOException also when there is no room now
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
    boolean there = Files.isDirectory(memory) && Files.isWritable(memory);
    if (there && fits(length, Files.getFileStore(memory).getUsableSpace())) {
      return make(memory);
    }
    if (disk != null) {
      Files.createDirectories(disk);
      return make(disk);
    }
    if (there && fits(length, Files.getFileStore(memory).getTotalSpace())) {
      throw new IOException("There is no room in memory for this file now");
    }
    throw new UndecodableAudioException(
        "The file is larger than this server can decode in memory; a WAV or FLAC file of any size"
            + " is no problem");
  }

  /** Others need some of it too. */
  private static boolean fits(long length, long space) {
    return space / 2 > length;
  }

  private synchronized Path make(Path parent) throws IOException {
    Path folder = parent.resolve(name);
    if (locks.containsKey(parent)) {
      return folder;
    }
    // /dev/shm is open to all: a folder that somebody else put there fails this.
    Files.createDirectory(folder, mode("rwx------"));
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            mode("rw-------"));
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException("A new lock file is locked by somebody else");
    }
    locks.put(parent, lock);
    return folder;
  }

  /** This activation's folder below a parent, whether it exists or not. */
  Path in(Path parent) {
    return parent.resolve(name);
  }

  private static FileAttribute<?> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  private static boolean isOurs(Path folder) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getOwner(Path.of("/proc/self")));
  }

  private static boolean isDead(Path folder) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock taken = channel.tryLock()) {
      return taken != null;
    } catch (OverlappingFileLockException aliveInThisProcess) {
      return false;
    } catch (NoSuchFileException neverLocked) {
      return true;
    }
  }

  private static void sweep(Path parent) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isOurs(folder) && isDead(folder)) {
          remove(folder);
        }
      }
    } catch (IOException e) {
      LOG.warn("The decoder's spool folder could not be swept", e);
    }
  }

  /** Removes this activation's folders. */
  synchronized void close() {
    for (Map.Entry<Path, FileChannel> own : locks.entrySet()) {
      try (FileChannel lock = own.getValue()) {
        LOG.trace("Giving back {}", lock);
        remove(in(own.getKey()));
      } catch (IOException e) {
        LOG.warn("The decoder's spool folder could not be removed", e);
      }
    }
    locks.clear();
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
