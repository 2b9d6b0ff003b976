package org.tonekeep.portrait.internal.jpa;

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

/** A row of {@code portrait_image}. */
@Entity
@Table(name = "portrait_image")
@IdClass(PortraitEntity.Key.class)
class PortraitEntity {
  @Id String tenant;
  @Id String account;

  @Column(name = "blob_id")
  String blobId;

  @Column(name = "width")
  int width;

  @Column(name = "height")
  int height;

  @Column(name = "updated_at")
  @Convert(converter = InstantConverter.class)
  Instant updatedAt;

  protected PortraitEntity() {}

  /** Tenant first, then the account. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String account = "";

    Key() {}

    Key(String tenant, String account) {
      this.tenant = tenant;
      this.account = account;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k && tenant.equals(k.tenant) && account.equals(k.account);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, account);
    }
  }
}
