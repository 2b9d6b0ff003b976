package org.tonekeep.vault.internal.jpa;

import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/** A row of {@code vault_copy}. */
@Entity
@Table(name = "vault_copy")
@IdClass(CopyEntity.Key.class)
class CopyEntity {
  @Id String tenant;

  @Id
  @Column(name = "owner_id")
  String owner;

  @Id String kind;
  @Id String id;
  @Id String adapter;

  @Column(name = "due_at")
  long dueAt;

  protected CopyEntity() {}

  CopyEntity(BlobKey key, String adapter, long dueAt) {
    this.tenant = key.tenant().value();
    this.owner = key.owner();
    this.kind = key.kind();
    this.id = key.id();
    this.adapter = adapter;
    this.dueAt = dueAt;
  }

  BlobKey key() {
    return new BlobKey(new TenantId(tenant), owner, kind, id);
  }

  /** Tenant first, then the parts of the path, then where the copy lies. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String owner = "";
    String kind = "";
    String id = "";
    String adapter = "";

    Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && tenant.equals(that.tenant)
          && owner.equals(that.owner)
          && kind.equals(that.kind)
          && id.equals(that.id)
          && adapter.equals(that.adapter);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, owner, kind, id, adapter);
    }
  }
}
