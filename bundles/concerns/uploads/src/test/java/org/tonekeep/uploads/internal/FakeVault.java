package org.tonekeep.uploads.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/** Bytes in a map. Audio is what begins with {@code RIFF}. */
final class FakeVault implements Vault {
  static final long MOST = 200_000;

  final Map<BlobKey, byte[]> bytes = new ConcurrentHashMap<>();
  final Set<BlobKey> recorded = ConcurrentHashMap.newKeySet();

  /** While it is set, no audio is received. */
  volatile boolean away;

  @Override
  public Blob receiveAudio(TenantId tenant, String owner, InputStream source) throws IOException {
    if (away) {
      throw new IOException("The store is away");
    }
    byte[] head = source.readNBytes(4);
    if (!new String(head, java.nio.charset.StandardCharsets.ISO_8859_1).equals("RIFF")) {
      throw new UnsupportedAudioException("No audio");
    }
    byte[] rest = source.readAllBytes();
    byte[] all = new byte[4 + rest.length];
    System.arraycopy(head, 0, all, 0, 4);
    System.arraycopy(rest, 0, all, 4, rest.length);
    if (all.length > MOST) {
      throw new TooLargeException(MOST);
    }
    return put(tenant, owner, "original", "audio/wav", all);
  }

  private Blob put(TenantId tenant, String owner, String kind, String type, byte[] all) {
    BlobKey key = new BlobKey(tenant, owner, kind, UUID.randomUUID().toString());
    bytes.put(key, all);
    return new Blob(key, all.length, "0".repeat(64), type, "memory");
  }

  @Override
  public long maxUploadBytes(TenantId tenant) {
    return MOST;
  }

  @Override
  public Blob store(
      TenantId tenant, String owner, String kind, String mediaType, InputStream source)
      throws IOException {
    return put(tenant, owner, kind, mediaType, source.readAllBytes());
  }

  @Override
  public void record(TenantId tenant, Blob blob) {
    boolean unused = recorded.add(blob.key());
  }

  @Override
  public Optional<Blob> find(TenantId tenant, BlobKey key) {
    return Optional.ofNullable(bytes.get(key))
        .filter(all -> recorded.contains(key))
        .map(all -> new Blob(key, all.length, "0".repeat(64), "audio/wav", "memory"));
  }

  @Override
  public InputStream read(TenantId tenant, BlobKey key, long offset) throws IOException {
    byte[] all = bytes.get(key);
    if (all == null || !recorded.contains(key)) {
      throw new NoSuchBlobException();
    }
    return new ByteArrayInputStream(all, (int) offset, all.length - (int) offset);
  }

  @Override
  public void discard(TenantId tenant, BlobKey key) {
    recorded.remove(key);
    bytes.remove(key);
  }

  @Override
  public void abandon(TenantId tenant, Blob blob) {
    bytes.remove(blob.key());
  }
}
