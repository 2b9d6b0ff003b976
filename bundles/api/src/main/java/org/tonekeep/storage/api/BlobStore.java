package org.tonekeep.storage.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Bytes under keys. Implementations register it with the service property {@link #ADAPTER}; a
 * tenant's setting {@code storage.adapter} names one. Only core/vault calls it. All methods are
 * thread-safe, block, and never yield null.
 *
 * <p>Signing the contract in testing/contracts is what implementing means.
 */
@ConsumerType
public interface BlobStore {
  /** Service property: the adapter's name, such as {@code fs}. */
  String ADAPTER = "storage.adapter";

  /**
   * Writes a new blob and returns its length. When it returns, the bytes survive {@code kill -9}
   * and (where the technology can) a power cut. Atomic: readers see nothing or all of it; a failing
   * or interrupted source leaves nothing behind. The source is read to its end and not closed.
   *
   * @throws BlobExistsException when the key is taken; the stored bytes are unchanged
   * @throws StorageFullException when there is no room; nothing is left behind
   * @throws IOException when the source or the store fails
   */
  long put(BlobKey key, InputStream source) throws IOException;

  /** Length and time of the blob; empty when absent. */
  Optional<BlobStat> stat(BlobKey key) throws IOException;

  /**
   * Opens the bytes from an offset to the end. The caller closes the stream. A blob that is deleted
   * meanwhile may be read to its end or fail with an {@link IOException}, never yield other bytes.
   *
   * @param offset 0 to the blob's length, both included
   * @throws NoSuchBlobException when absent
   * @throws IllegalArgumentException when the offset is outside the blob
   */
  InputStream read(BlobKey key, long offset) throws IOException;

  /**
   * Deletes all versions of the blob. Idempotent: returns whether there was one. Durable on return.
   */
  boolean delete(BlobKey key) throws IOException;

  /**
   * The blobs of one owner, or of all owners of the tenant when {@code owner} is empty, in the
   * order of their paths, after a cursor.
   *
   * @param after path of the last blob of the page before, or empty
   * @param limit 1 to 1,000
   * @throws IllegalArgumentException for another limit
   */
  List<BlobStat> list(TenantId tenant, String owner, String after, int limit) throws IOException;
}
