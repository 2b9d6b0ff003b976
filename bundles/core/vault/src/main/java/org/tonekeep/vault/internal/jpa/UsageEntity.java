package org.tonekeep.vault.internal.jpa;

import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code vault_usage}. */
@Entity
@Table(name = "vault_usage")
@IdClass(UsageEntity.Key.class)
class UsageEntity {
  @Id String tenant;

  @Id
  @Column(name = "owner_id")
  String owner;

  @Column(name = "byte_count")
  long bytes;

  @Column(name = "track_count")
  long tracks;

  @Column(name = "reserved_bytes")
  long reservedBytes;

  @Column(name = "reserved_tracks")
  long reservedTracks;

  @Column(name = "own_bytes")
  @Nullable Long ownBytes;

  @Column(name = "own_tracks")
  @Nullable Long ownTracks;

  protected UsageEntity() {}

  UsageEntity(String tenant, String owner) {
    this.tenant = tenant;
    this.owner = owner;
  }

  /** Tenant first. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String owner = "";

    Key() {}

    Key(String tenant, String owner) {
      this.tenant = tenant;
      this.owner = owner;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && tenant.equals(that.tenant) && owner.equals(that.owner);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, owner);
    }
  }
}
