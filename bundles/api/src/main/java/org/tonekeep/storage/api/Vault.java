package org.tonekeep.storage.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * The only door to stored bytes. It picks the tenant's adapter, keeps promises and limits, and
 * records each blob in the database, so that nothing is stored that nobody remembers.
 */
@ProviderType
public interface Vault {
  /**
   * Receives uploaded audio: sniffs the type from the first bytes, streams to the tenant's store
   * with constant memory, and hashes. On return the bytes are durable but not yet recorded: call
   * {@link #record} in the transaction that makes them matter; unrecorded bytes are swept after a
   * day.
   *
   * @throws UnsupportedAudioException when the bytes are no audio that we take
   * @throws TooLargeException past the tenant's {@code upload.maxBytes}
   * @throws QuotaExceededException past what the account or the site may keep
   * @throws StorageFullException when there is no room
   * @throws org.tonekeep.tenant.api.PromiseUnkeptException see {@link org.tonekeep.tenant.api.Gate}
   * @throws org.tonekeep.tenant.api.AdapterMissingException when the tenant's store is not running
   */
  Blob receiveAudio(TenantId tenant, String owner, InputStream source) throws IOException;

  /**
   * As {@link #receiveAudio}, of bytes for which the caller has set room aside ({@link
   * Quotas#reserve}): no quota is asked until they are recorded. The caller releases the room in
   * the transaction that records, before it does.
   */
  default Blob receiveReserved(TenantId tenant, String owner, InputStream source)
      throws IOException {
    return receiveAudio(tenant, owner, source);
  }

  /**
   * The largest upload that the tenant takes, in bytes, so that one that announces more can be
   * refused before it is read.
   */
  long maxUploadBytes(TenantId tenant);

  /** Stores derived bytes (peaks, images …); durable on return, not yet recorded. */
  Blob store(TenantId tenant, String owner, String kind, String mediaType, InputStream source)
      throws IOException;

  /**
   * Remembers the blob; joins the running transaction.
   *
   * @throws QuotaExceededException when it is an upload that does not fit any more
   */
  void record(TenantId tenant, Blob blob);

  /** A recorded blob of the tenant. */
  Optional<Blob> find(TenantId tenant, BlobKey key);

  /**
   * Opens a recorded blob from an offset. The caller closes the stream.
   *
   * @throws NoSuchBlobException when the tenant has no such recorded blob
   */
  InputStream read(TenantId tenant, BlobKey key, long offset) throws IOException;

  /**
   * Forgets the blob and enqueues the job that deletes its bytes; joins the running transaction.
   * Signed URLs of it die at once. Unknown blobs are ignored.
   */
  void discard(TenantId tenant, BlobKey key);

  /** Throws away bytes that were received but will not be recorded. */
  void abandon(TenantId tenant, Blob blob);
}
