package org.tonekeep.vault.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyOwners;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.jpa.BlobRowStore;

/**
 * Keeps the key of whoever has a recorded blob, also when that is no account: an anonymous job's
 * key goes only when whoever made it destroys it, or a day after its last blob was discarded.
 */
@Component
public final class BlobKeyOwners implements KeyOwners {
  private final BlobRowStore rows;

  @Activate
  public BlobKeyOwners(@Reference BlobRowStore rows) {
    this.rows = rows;
  }

  @Override
  public String kind() {
    return "blobs";
  }

  @Override
  public boolean owns(TenantId tenant, String owner) {
    return rows.knowsOwner(tenant, owner);
  }
}
