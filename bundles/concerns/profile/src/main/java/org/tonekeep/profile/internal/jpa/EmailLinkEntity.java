package org.tonekeep.profile.internal.jpa;

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

/** A row of {@code profile_email}. */
@Entity
@Table(name = "profile_email")
@IdClass(EmailLinkEntity.Key.class)
class EmailLinkEntity {
  @Id String tenant;

  @Id String id;

  @Column(name = "token_hash")
  String tokenHash;

  @Column(name = "account")
  String account;

  @Column(name = "kind")
  String kind;

  @Column(name = "address")
  String address;

  @Column(name = "epoch")
  long epoch;

  @Column(name = "expires_at")
  @Convert(converter = InstantConverter.class)
  Instant expiresAt;

  protected EmailLinkEntity() {}

  /** Tenant first, then the id. */
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
      return other instanceof Key k && tenant.equals(k.tenant) && id.equals(k.id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, id);
    }
  }
}
