package org.tonekeep.vault.internal.jpa;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.tonekeep.persistence.api.InstantConverter;
import org.tonekeep.storage.api.BlobKey;

/** A row of {@code vault_blob}. */
@Entity
@Table(name = "vault_blob")
@IdClass(BlobEntity.Key.class)
class BlobEntity {
  @Id String tenant;

  @Id
  @Column(name = "owner_id")
  String owner;

  @Id String kind;
  @Id String id;

  @Column(name = "adapter")
  String adapter;

  @Column(name = "byte_count")
  long length;

  @Column(name = "sha256")
  String sha256;

  @Column(name = "media_type")
  String mediaType;

  @Column(name = "recorded_at")
  @Convert(converter = InstantConverter.class)
  Instant recordedAt;

  protected BlobEntity() {}

  /** Tenant first, then the parts of the path. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String owner = "";
    String kind = "";
    String id = "";

    Key() {}

    Key(BlobKey key) {
      this.tenant = key.tenant().value();
      this.owner = key.owner();
      this.kind = key.kind();
      this.id = key.id();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && tenant.equals(that.tenant)
          && owner.equals(that.owner)
          && kind.equals(that.kind)
          && id.equals(that.id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, owner, kind, id);
    }
  }
}
