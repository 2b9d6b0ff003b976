package org.tonekeep.vault.internal.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.TenantId;

/**
 * A store that holds nothing but ciphertext in another one. Keys and times are the other's, lengths
 * follow from its lengths. The owner must have a key before the first {@link #put}; once that is
 * destroyed the owner's blobs can be listed and deleted, but count as absent when they are read.
 */
public final class EncryptedBlobStore implements BlobStore {
  /** After so long an open stream looks again whether the owner's key is still there. */
  static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final BlobStore inner;
  private final DataKeys keys;
  private final Damages damages;
  private final LongSupplier ticks;

  /**
   * Encrypts what goes into a store.
   *
   * @param damages is told when stored bytes are not what was written
   */
  public EncryptedBlobStore(BlobStore inner, OwnerKeys owners, Damages damages) {
    this(inner, owners, damages, System::nanoTime);
  }

  EncryptedBlobStore(BlobStore inner, OwnerKeys owners, Damages damages, LongSupplier ticks) {
    this.inner = inner;
    this.keys = new DataKeys(owners);
    this.damages = damages;
    this.ticks = ticks;
  }

  /** Is told of damage. */
  public interface Damages {
    /** A blob cannot be read, because its stored bytes are not authentic. */
    void found(BlobKey key, DamagedBlobException how);
  }

  /**
   * @throws org.tonekeep.crypto.api.NoOwnerKeyException when the owner has no key
   */
  @Override
  public long put(BlobKey key, InputStream source) throws IOException {
    EncryptingSource encrypting = new EncryptingSource(source, keys.seal(key));
    long unused = inner.put(key, encrypting);
    return encrypting.length();
  }

  @Override
  public Optional<BlobStat> stat(BlobKey key) throws IOException {
    return inner.stat(key).map(EncryptedBlobStore::plain);
  }

  private static BlobStat plain(BlobStat stored) {
    return new BlobStat(stored.key(), BlobFormat.plainLength(stored.length()), stored.modified());
  }

  @Override
  public InputStream read(BlobKey key, long offset, long length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("An offset is 0 to the length, a length 0 or more");
    }
    long from = Math.min(offset, BlobFormat.MOST);
    long until = from + Math.min(Math.max(1, length), BlobFormat.MOST);
    long segment = BlobFormat.segment(from);
    long skipped = from - BlobFormat.plainStart(segment);
    // One stored byte more than the last segment has: it tells whether another one follows.
    long end =
        length == TO_THE_END
            ? TO_THE_END
            : BlobFormat.storedStart(BlobFormat.segment(until - 1) + 1) + 1;
    try (Opening opening = new Opening(key, length)) {
      if (opening.at(segment, end).begin(skipped)) {
        return opening.done();
      }
    }
    if (skipped > 0) {
      throw new IllegalArgumentException("An offset is 0 to the length");
    }
    // The end, perhaps: only the segment before it can tell that it is the last.
    InputStream before = read(key, from - 1, TO_THE_END);
    if (before.read() >= 0 && before.available() == 0) {
      return before;
    }
    before.close();
    throw new IllegalArgumentException("An offset is 0 to the length");
  }

  @Override
  public boolean delete(BlobKey key) throws IOException {
    return inner.delete(key);
  }

  @Override
  public List<BlobStat> list(TenantId tenant, String owner, String after, int limit)
      throws IOException {
    return inner.list(tenant, owner, after, limit).stream().map(EncryptedBlobStore::plain).toList();
  }

  /** A stream that is being opened; closes what it opened unless it is done. */
  private final class Opening implements DecryptedStream.Watch, AutoCloseable {
    private final BlobKey key;
    private final long length;
    private byte[] header = new byte[0];
    private @Nullable InputStream open;
    private long looked;

    Opening(BlobKey key, long length) {
      this.key = key;
      this.length = length;
    }

    DecryptedStream at(long segment, long end) throws IOException {
      InputStream bytes;
      if (segment == 0) {
        bytes = keep(inner.read(key, 0, end));
        header = bytes.readNBytes(BlobFormat.HEADER);
      } else {
        try (InputStream front = inner.read(key, 0, BlobFormat.HEADER)) {
          header = front.readNBytes(BlobFormat.HEADER);
        }
        long start = BlobFormat.storedStart(segment);
        bytes = keep(inner.read(key, start, end == TO_THE_END ? end : end - start));
      }
      looked = ticks.getAsLong();
      try {
        DecryptedStream plain =
            new DecryptedStream(bytes, keys.open(key, header), segment, length, this);
        open = plain;
        return plain;
      } catch (DamagedBlobException e) {
        throw damaged(e);
      }
    }

    private InputStream keep(InputStream opened) {
      open = opened;
      return opened;
    }

    InputStream done() {
      InputStream finished = Objects.requireNonNull(open);
      open = null;
      return finished;
    }

    @Override
    public void segment() throws IOException {
      if (ticks.getAsLong() - looked >= LOOK_NANOS) {
        keys.requireKey(key, header);
        looked = ticks.getAsLong();
      }
    }

    @Override
    public DamagedBlobException damaged(DamagedBlobException how) {
      damages.found(key, how);
      return how;
    }

    @Override
    public void close() throws IOException {
      if (open != null) {
        open.close();
      }
    }
  }
}
