package org.tonekeep.portrait.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/** A vault in memory. */
final class FakeVault implements Vault {
  final Map<BlobKey, byte[]> bytes = new ConcurrentHashMap<>();
  final Map<BlobKey, Blob> recorded = new ConcurrentHashMap<>();
  final Set<BlobKey> discarded = ConcurrentHashMap.newKeySet();
  boolean failing;
  private int next;

  @Override
  public Blob receiveAudio(TenantId tenant, String owner, InputStream source) throws IOException {
    return store(tenant, owner, "original", "audio/wav", source);
  }

  @Override
  public long maxUploadBytes(TenantId tenant) {
    return Long.MAX_VALUE;
  }

  @Override
  public synchronized Blob store(
      TenantId tenant, String owner, String kind, String mediaType, InputStream source)
      throws IOException {
    BlobKey key =
        new BlobKey(tenant, owner, kind, String.format("00000000-0000-7000-8000-%012d", next++));
    byte[] all = source.readAllBytes();
    bytes.put(key, all);
    return new Blob(key, all.length, "", mediaType, "memory");
  }

  @Override
  public void record(TenantId tenant, Blob blob) {
    if (failing) {
      throw new IllegalStateException("the database is away");
    }
    recorded.put(blob.key(), blob);
  }

  @Override
  public Optional<Blob> find(TenantId tenant, BlobKey key) {
    return Optional.ofNullable(recorded.get(key));
  }

  @Override
  public InputStream read(TenantId tenant, BlobKey key, long offset) throws IOException {
    if (!recorded.containsKey(key)) {
      throw new NoSuchBlobException();
    }
    byte[] all = bytes.get(key);
    return new ByteArrayInputStream(Arrays.copyOfRange(all, (int) offset, all.length));
  }

  @Override
  public void discard(TenantId tenant, BlobKey key) {
    recorded.remove(key);
    bytes.remove(key);
    discarded.add(key);
  }

  @Override
  public void abandon(TenantId tenant, Blob blob) {
    bytes.remove(blob.key());
  }
}
