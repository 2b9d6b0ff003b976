package org.tonekeep.vault.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.jpa.BlobRowStore;
import org.tonekeep.vault.internal.jpa.CopyStore;

/**
 * The one way in which bytes that may have been remembered are deleted. Under a lock, which a
 * blob's move takes too: between the look at the row and the deletion nobody makes the row name
 * this place.
 */
@Component(service = BlobRemoval.class)
public final class BlobRemoval {
  private final BlobRowStore rows;
  private final CopyStore copies;
  private final Tx tx;

  @Activate
  public BlobRemoval(@Reference BlobRowStore rows, @Reference CopyStore copies, @Reference Tx tx) {
    this.rows = rows;
    this.copies = copies;
    this.tx = tx;
  }

  /** What became of the bytes. */
  enum Outcome {
    DELETED,
    ABSENT,
    /** The blob is remembered as lying there; nothing was done. */
    REMEMBERED
  }

  /**
   * Deletes the blob's bytes in the adapter unless its row says that it lies there.
   *
   * @param store the adapter of that name
   */
  Outcome remove(TenantId tenant, BlobKey key, String adapter, BlobStore store) throws IOException {
    try {
      return tx.call(tenant, () -> locked(tenant, key, adapter, store));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Outcome locked(TenantId tenant, BlobKey key, String adapter, BlobStore store) {
    boolean unused = copies.lock(tenant, key, adapter);
    copies.clear(tenant, key, adapter);
    if (rows.find(tenant, key).filter(r -> r.blob().adapter().equals(adapter)).isPresent()) {
      return Outcome.REMEMBERED;
    }
    try {
      return store.delete(key) ? Outcome.DELETED : Outcome.ABSENT;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
