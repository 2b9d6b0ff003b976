package org.tonekeep.uploads.internal.jpa;

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

/** A row of {@code uploads_upload}. */
@Entity
@Table(name = "uploads_upload")
@IdClass(UploadEntity.Key.class)
class UploadEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "owner_id")
  String owner;

  @Column(name = "total_bytes")
  @Nullable Long total;

  @Column(name = "received_bytes")
  long received;

  @Column(name = "part_count")
  int parts;

  @Column(name = "metadata")
  String metadata;

  @Column(name = "track")
  @Nullable String track;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  @Column(name = "expires_at")
  @Convert(converter = InstantConverter.class)
  Instant expiresAt;

  protected UploadEntity() {}

  /** Tenant first. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String id = "";

    Key() {}

    Key(String tenant, String id) {
      this.tenant = tenant;
      this.id = id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && tenant.equals(that.tenant) && id.equals(that.id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, id);
    }
  }
}
