package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.AdapterMissingException;

/**
 * This activation's folder of temporary files, {@code <root>/.incoming/<random>}, marked alive by a
 * lock that the operating system takes back when the process dies. At opening, the folders of the
 * dead are swept; those of a living neighbour on the same root are left alone.
 */
final class Incoming implements AutoCloseable {
  /** No tenant is called so: a tenant's name begins with a letter. */
  static final String FOLDER = ".incoming";

  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
  private static final String LOCK = "lock";

  /** Held while somebody opens, beside the folder. */
  static final String OPENING = ".opening";

  private final Path mine;
  private final FileChannel lock;

  // Guarded by this.
  private int writers;
  private boolean closing;

  private Incoming(Path mine, FileChannel lock) {
    this.mine = mine;
    this.lock = lock;
  }

  /**
   * Sweeps what the dead left and opens a folder of its own. One at a time on a root, over all
   * threads and processes: else one would sweep the folder that another is about to lock.
   */
  static Incoming open(Path root) throws IOException {
    synchronized (Incoming.class) {
      try (FileChannel channel = Disk.openOrCreate(root.resolve(OPENING));
          FileLock alone = channel.lock()) {
        LOG.debug("Opening {} under {}", root, alone);
        return openAlone(root);
      }
    }
  }

  private static Incoming openAlone(Path root) throws IOException {
    Path all = root.resolve(FOLDER);
    if (Disk.createFolder(all)) {
      Disk.syncFolder(root);
    }
    sweep(all);
    Path mine = all.resolve(UUID.randomUUID().toString());
    boolean unused = Disk.createFolder(mine);
    FileChannel lock = Disk.create(mine.resolve(LOCK));
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException("A new lock file in " + all + " is locked by somebody else");
    }
    return new Incoming(mine, lock);
  }

  /** A new name for a temporary file; the caller creates and deletes it. */
  Path next() {
    return mine.resolve(UUID.randomUUID().toString());
  }

  /**
   * Begins to write: the folder stays until {@link #end}, also when the store is closed meanwhile,
   * so that an upload outlives the update of its bundle.
   *
   * @throws AdapterMissingException when the store was closed already
   */
  synchronized Path begin() {
    if (closing) {
      throw new AdapterMissingException("storage.adapter=fs");
    }
    writers++;
    return next();
  }

  /** Follows {@link #begin}. */
  synchronized void end() throws IOException {
    writers--;
    releaseWhenDone();
  }

  private static void sweep(Path all) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isDead(folder)) {
          LOG.info("Swept {} unfinished files of an earlier run", remove(folder));
        }
      }
    }
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

  private static int remove(Path folder) throws IOException {
    int files = 0;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        files += file.endsWith(LOCK) ? 0 : 1;
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
    return files;
  }

  @Override
  public synchronized void close() throws IOException {
    closing = true;
    releaseWhenDone();
  }

  private void releaseWhenDone() throws IOException {
    if (closing && writers == 0) {
      lock.close();
      if (Files.deleteIfExists(mine.resolve(LOCK)) && Folders.isEmpty(mine)) {
        Files.deleteIfExists(mine);
      }
    }
  }
}
