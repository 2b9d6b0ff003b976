package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.storage.api.BlobExistsException;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.StorageUnavailableException;
import org.tonekeep.tenant.api.TenantId;

/** Blobs as files below one root. */
@Component(
    service = BlobStore.class,
    configurationPid = "org.tonekeep.storage.fs",
    property = BlobStore.ADAPTER + "=fs")
public final class FsBlobStore implements BlobStore {
  private static final Logger LOG = LoggerFactory.getLogger(FsBlobStore.class);
  private static final long MEBIBYTE = 1 << 20;

  private final Folders folders;
  private final @Nullable Publisher wanted;
  private final long reserve;

  // Guarded by this; null while the disk takes no writes.
  private @Nullable Writing writing;

  /**
   * Opens the store in the configured root, or in {@code blobs} of the data folder.
   *
   * @throws IOException when the root cannot be made or written
   * @throws IllegalStateException when neither the root nor {@code tonekeep.data} is set
   */
  @Activate
  public FsBlobStore(BundleContext context, Config config) throws IOException {
    this(root(context, config), null, Math.max(0, config.reserveMebibytes()) * MEBIBYTE);
  }

  /** Opens the store in the folder. */
  public FsBlobStore(Path root) throws IOException {
    this(root, null);
  }

  FsBlobStore(Path root, @Nullable Publisher wanted) throws IOException {
    this(root, wanted, 0);
  }

  /**
   * @param reserve bytes of the disk that no upload takes
   */
  FsBlobStore(Path root, @Nullable Publisher wanted, long reserve) throws IOException {
    this.reserve = reserve;
    Disk.createFolders(root.toAbsolutePath());
    // The root itself may be a link that the operator made; nothing below it may.
    this.folders = new Folders(root.toRealPath());
    this.wanted = wanted;
    try {
      this.writing = Writing.open(folders, wanted);
    } catch (StorageUnavailableException | StorageFullException cannot) {
      // What lies there can still be read; each upload looks again.
      LOG.error("Nothing can be written to {}", folders.root(), cannot);
    }
    LOG.info("Blobs of adapter 'fs' lie in {}", folders.root());
  }

  private static Path root(BundleContext context, Config config) {
    if (!config.root().isBlank()) {
      return Path.of(config.root());
    }
    String data = context.getProperty("tonekeep.data");
    if (data == null || data.isBlank()) {
      // A guessed folder would hide the operator's blobs from them.
      throw new IllegalStateException("The property tonekeep.data is not set");
    }
    return Path.of(data).resolve("blobs");
  }

  /** Ends this activation. */
  @Deactivate
  public synchronized void close() throws IOException {
    if (writing != null) {
      writing.incoming().close();
    }
  }

  private synchronized Writing writing() throws IOException {
    Writing open = writing;
    if (open == null) {
      open = Writing.open(folders, wanted);
      writing = open;
      LOG.info("{} can be written again", folders.root());
    }
    return open;
  }

  @Override
  public long put(BlobKey key, InputStream source) throws IOException {
    if (stat(key).isPresent()) {
      throw new BlobExistsException();
    }
    requireRoom();
    Writing to = writing();
    Path temporary = to.incoming().begin();
    try {
      long length;
      try (FileChannel channel = createTemporary(temporary)) {
        length = Disk.copy(source, channel, this::requireRoom);
      }
      publish(to.publisher(), temporary, folders.file(key));
      return length;
    } finally {
      try {
        boolean unused = unlink(temporary);
      } finally {
        to.incoming().end();
      }
    }
  }

  /** Leaves room for who else writes to this disk: the database, its log, the keys. */
  private void requireRoom() throws IOException {
    if (reserve > 0 && folders.root().toFile().getUsableSpace() < reserve) {
      throw new StorageFullException();
    }
  }

  private static FileChannel createTemporary(Path file) throws IOException {
    try {
      return Disk.create(file);
    } catch (IOException e) {
      throw Disk.explained(e);
    }
  }

  private void publish(Publisher publisher, Path temporary, Path file) throws IOException {
    try {
      folders.publish(file, name -> publisher.publish(temporary, name));
    } catch (FileAlreadyExistsException taken) {
      BlobExistsException exists = new BlobExistsException();
      exists.initCause(taken);
      throw exists;
    } catch (IOException e) {
      throw Disk.explained(e);
    }
  }

  @Override
  public Optional<BlobStat> stat(BlobKey key) throws IOException {
    try {
      return statOf(key, folders.existing(key));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  static Optional<BlobStat> statOf(BlobKey key, Path file) throws IOException {
    return Listing.attributes(file)
        .map(found -> new BlobStat(key, found.size(), found.lastModifiedTime().toInstant()));
  }

  @Override
  public InputStream read(BlobKey key, long offset, long length) throws IOException {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              folders.existing(key), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException absent) {
      NoSuchBlobException none = new NoSuchBlobException();
      none.initCause(absent);
      throw none;
    }
    boolean opened = false;
    try {
      long size = channel.size();
      if (offset < 0 || offset > size || length < 0) {
        throw new IllegalArgumentException("An offset is 0 to the length, a length 0 or more");
      }
      InputStream bytes = new FileRange(channel, offset, Math.min(length, size - offset));
      opened = true;
      return bytes;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  @Override
  public boolean delete(BlobKey key) throws IOException {
    Path file;
    try {
      file = folders.existing(key);
    } catch (NoSuchFileException absent) {
      return false;
    }
    boolean deleted = unlink(file);
    try {
      // Also when it was gone already: an earlier call may have died between unlink and sync.
      Disk.syncFolder(Folders.folderOf(file));
    } catch (NoSuchFileException prunedByAnother) {
      return deleted;
    }
    folders.prune(file);
    return deleted;
  }

  private static boolean unlink(Path file) throws IOException {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Disk.explained(e);
    }
  }

  @Override
  public List<BlobStat> list(TenantId tenant, String owner, String after, int limit)
      throws IOException {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("A page has 1 to 1000 blobs");
    }
    Listing listing = new Listing(tenant, after, limit);
    Path folder = folders.root().resolve(tenant.value());
    try {
      if (owner.isEmpty()) {
        listing.tenant(folder);
      } else {
        listing.owner(folder.resolve(Folders.fan(checked(owner))).resolve(owner));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return List.copyOf(listing.page());
  }

  private static String checked(String owner) {
    if (!owner.matches("[0-9a-f-]{36}")) {
      throw new IllegalArgumentException("Not an owner");
    }
    return owner;
  }

  /** The store's configuration. */
  public @interface Config {
    /** Folder of the blobs; empty means {@code blobs} in the data folder. */
    String root() default "";

    /** So much of the disk stays free of blobs: an upload that would go below it is refused. */
    int reserveMebibytes() default 64;
  }
}
