package org.tonekeep.storage.memory.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.storage.api.BlobExistsException;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.tenant.api.TenantId;

/** A {@link BlobStore} that forgets: for tests and ephemeral sites. */
@Component(
    service = BlobStore.class,
    configurationPid = "org.tonekeep.storage.memory",
    property = BlobStore.ADAPTER + "=memory")
public final class MemoryBlobStore implements BlobStore {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryBlobStore.class);

  private final ConcurrentNavigableMap<String, Chunks> blobs = new ConcurrentSkipListMap<>();
  private final AtomicLong used = new AtomicLong();
  private final Clock clock;
  private final long room;

  /**
   * Opens an empty store.
   *
   * @param config how many bytes it may hold
   */
  @Activate
  public MemoryBlobStore(@Reference Clock clock, Config config) {
    this(clock, config.maxBytes());
    LOG.info("Blobs of adapter 'memory' live in the heap and are lost at the next stop");
  }

  /** Opens an empty store with room for so many bytes. */
  public MemoryBlobStore(Clock clock, long room) {
    this.clock = clock;
    this.room = room;
  }

  /** Forgets everything. */
  @Deactivate
  public void forget() {
    blobs.clear();
  }

  @Override
  public long put(BlobKey key, InputStream source) throws IOException {
    if (blobs.containsKey(key.path())) {
      throw new BlobExistsException();
    }
    Chunks chunks = Chunks.read(key, source, used, room, clock);
    if (blobs.putIfAbsent(key.path(), chunks) != null) {
      used.addAndGet(-chunks.length());
      throw new BlobExistsException();
    }
    return chunks.length();
  }

  @Override
  public Optional<BlobStat> stat(BlobKey key) {
    return Optional.ofNullable(blobs.get(key.path())).map(Chunks::stat);
  }

  @Override
  public InputStream read(BlobKey key, long offset, long length) throws IOException {
    Chunks chunks = blobs.get(key.path());
    if (chunks == null) {
      throw new NoSuchBlobException();
    }
    return chunks.open(offset, length);
  }

  @Override
  public boolean delete(BlobKey key) {
    Chunks gone = blobs.remove(key.path());
    if (gone == null) {
      return false;
    }
    used.addAndGet(-gone.length());
    return true;
  }

  @Override
  public List<BlobStat> list(TenantId tenant, String owner, String after, int limit) {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("A page has 1 to 1000 blobs");
    }
    String prefix = owner.isEmpty() ? tenant.value() + "/" : tenant.value() + "/" + owner + "/";
    // '0' follows '/': the half-open range holds exactly the paths that begin with the prefix.
    NavigableMap<String, Chunks> range =
        blobs.subMap(prefix, true, prefix.substring(0, prefix.length() - 1) + "0", false);
    return range.entrySet().stream()
        .filter(e -> e.getKey().compareTo(after) > 0)
        .limit(limit)
        .map(e -> e.getValue().stat())
        .toList();
  }

  /** The store's configuration. */
  public @interface Config {
    /** Most bytes of all blobs together; 256 MiB unless the operator says otherwise. */
    long maxBytes() default 256L << 20;
  }
}
