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

  /** A length of {@link #read} that no blob has. */
  long TO_THE_END = Long.MAX_VALUE;

  /**
   * Writes a new blob and returns its length. When it returns, the bytes survive {@code kill -9}
   * and (where the technology can) a power cut. Atomic: readers see nothing or all of it; a failing
   * or interrupted source leaves nothing behind. The source is read to its end and not closed.
   *
   * @throws BlobExistsException when the key is taken; the stored bytes are unchanged
   * @throws StorageFullException when there is no room; nothing is left behind
   * @throws StorageUnavailableException when the store does not answer or takes no writes; reads
   *     may go on
   * @throws IOException when the source or the store fails
   */
  long put(BlobKey key, InputStream source) throws IOException;

  /** Length and time of the blob; empty when absent. */
  Optional<BlobStat> stat(BlobKey key) throws IOException;

  /**
   * Opens a range of the bytes; a store far away sends no more than it. The caller closes the
   * stream. It gives the whole range or fails with an {@link IOException}, never fewer bytes: also
   * when the blob is deleted meanwhile, and then never other bytes either.
   *
   * @param offset of the first byte: 0 to the blob's length, both included
   * @param length how many bytes, 0 or more, clipped at the blob's end: {@link #TO_THE_END} for all
   * @throws NoSuchBlobException when absent
   * @throws IllegalArgumentException when the offset is outside the blob or the length negative
   */
  InputStream read(BlobKey key, long offset, long length) throws IOException;

  /**
   * Deletes all versions of the blob. Idempotent: returns whether there was one. Durable on return.
   *
   * @throws StorageUnavailableException as above; the blob is there or gone, so try again
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
