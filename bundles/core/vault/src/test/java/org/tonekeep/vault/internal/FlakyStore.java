package org.tonekeep.vault.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.TenantId;

/** A store to which something can happen. */
final class FlakyStore implements BlobStore {
  final BlobStore inner;
  final AtomicInteger puts = new AtomicInteger();
  volatile Event afterPut = key -> {};
  volatile @Nullable BlobKey spoiled;

  FlakyStore(BlobStore inner) {
    this.inner = inner;
  }

  /** What happens. */
  interface Event {
    void happen(BlobKey key) throws IOException;
  }

  @Override
  public long put(BlobKey key, InputStream source) throws IOException {
    long length = inner.put(key, source);
    int unused = puts.incrementAndGet();
    afterPut.happen(key);
    return length;
  }

  @Override
  public Optional<BlobStat> stat(BlobKey key) throws IOException {
    return inner.stat(key);
  }

  @Override
  public InputStream read(BlobKey key, long offset, long length) throws IOException {
    if (!key.equals(spoiled)) {
      return inner.read(key, offset, length);
    }
    try (InputStream in = inner.read(key, offset, length)) {
      byte[] bytes = in.readAllBytes();
      bytes[bytes.length / 2] ^= 1;
      return new ByteArrayInputStream(bytes);
    }
  }

  @Override
  public boolean delete(BlobKey key) throws IOException {
    return inner.delete(key);
  }

  @Override
  public List<BlobStat> list(TenantId tenant, String owner, String after, int limit)
      throws IOException {
    return inner.list(tenant, owner, after, limit);
  }
}
