package org.tonekeep.uploads.internal.jpa;

import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code uploads_part}. */
@Entity
@Table(name = "uploads_part")
@IdClass(PartEntity.Key.class)
class PartEntity {
  @Id String tenant;
  @Id String upload;

  @Id
  @Column(name = "first_byte")
  long first;

  @Column(name = "byte_count")
  long length;

  @Column(name = "blob_id")
  String blobId;

  protected PartEntity() {}

  /** Tenant first. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String upload = "";
    long first;

    Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && tenant.equals(that.tenant)
          && upload.equals(that.upload)
          && first == that.first;
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, upload, first);
    }
  }
}
