package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.tonekeep.storage.api.BlobKey;

/**
 * Where a key lies: {@code <root>/<tenant>/<first 5 of the owner>/<owner>/<kind>/<id>}. Owners are
 * UUIDv7, so five hexadecimal digits are three days: the fan-out keeps folders small and the order
 * of paths, and a list can be read folder by folder.
 *
 * <p>A folder is durable once its parent was synced after it was made. Which ones are is remembered
 * (forgetting costs an fsync, never safety). Publishing holds the shared lock and removing empty
 * folders the exclusive one, so no folder vanishes under a file that is being published.
 */
final class Folders {
  private static final int FAN = 5;
  private static final int REMEMBERED = 10_000;
  private static final int LEVELS = 4;

  private final Path root;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  Folders(Path root) {
    this.root = root;
  }

  static String fan(String owner) {
    return owner.substring(0, FAN);
  }

  Path root() {
    return root;
  }

  /** The file of the key, whether there is one or not. */
  Path file(BlobKey key) {
    return root.resolve(key.tenant().value())
        .resolve(fan(key.owner()))
        .resolve(key.owner())
        .resolve(key.kind())
        .resolve(key.id());
  }

  /**
   * The file of the key, after seeing that no folder on the way is a symbolic link.
   *
   * @throws NoSuchFileException when a folder is missing
   */
  Path existing(BlobKey key) throws IOException {
    Path file = file(key);
    for (int depth = 1; depth <= LEVELS; depth++) {
      Disk.requireFolder(root.resolve(root.relativize(file).subpath(0, depth)));
    }
    return file;
  }

  /**
   * Runs the publication of the file with its folder existing and durable; syncs the folder.
   *
   * @param publication makes the file appear, atomically, or fails when it is there
   */
  void publish(Path file, Publication publication) throws IOException {
    lock.readLock().lock();
    try {
      ensure(folderOf(file));
      publication.run(file);
      try {
        Disk.syncFolder(folderOf(file));
      } catch (IOException e) {
        // Not acknowledged, so it must not stay visible.
        Files.deleteIfExists(file);
        throw e;
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  private void ensure(Path folder) throws IOException {
    if (folder.equals(root)) {
      return;
    }
    Path parent = folderOf(folder);
    ensure(parent);
    boolean made = Disk.createFolder(folder);
    if (made || !durable.contains(folder)) {
      Disk.syncFolder(parent);
      if (durable.size() >= REMEMBERED) {
        durable.clear();
      }
      durable.add(folder);
    }
  }

  /** Removes the folders above a deleted file that hold nothing any more. */
  void prune(Path file) throws IOException {
    if (!isEmpty(folderOf(file))) {
      return;
    }
    lock.writeLock().lock();
    try {
      Path folder = folderOf(file);
      while (!folder.equals(root)) {
        try {
          if (!Files.deleteIfExists(folder)) {
            return;
          }
        } catch (DirectoryNotEmptyException inUse) {
          return;
        }
        durable.remove(folder);
        folder = folderOf(folder);
        Disk.syncFolder(folder);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Whether the folder holds nothing, or is not there. */
  static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    } catch (NoSuchFileException absent) {
      return true;
    }
  }

  /** The folder that holds the path. */
  static Path folderOf(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("The root of the file system has no parent");
    }
    return parent;
  }

  /** Makes a file appear under a name. */
  interface Publication {
    void run(Path file) throws IOException;
  }
}
