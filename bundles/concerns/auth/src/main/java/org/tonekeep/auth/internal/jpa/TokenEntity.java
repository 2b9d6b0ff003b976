package org.tonekeep.auth.internal.jpa;

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

/** A row of {@code auth_token}. */
@Entity
@Table(name = "auth_token")
@IdClass(TokenEntity.Key.class)
class TokenEntity {
  @Id String tenant;

  @Id
  @Column(name = "token_hash")
  String tokenHash;

  @Column(name = "account")
  String account;

  @Column(name = "kind")
  String kind;

  @Column(name = "epoch")
  long epoch;

  @Column(name = "detail")
  String detail;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  @Column(name = "expires_at")
  @Convert(converter = InstantConverter.class)
  Instant expiresAt;

  protected TokenEntity() {}

  /** Tenant first, then the hash. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String tokenHash = "";

    Key() {}

    Key(String tenant, String tokenHash) {
      this.tenant = tenant;
      this.tokenHash = tokenHash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k && tenant.equals(k.tenant) && tokenHash.equals(k.tokenHash);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, tokenHash);
    }
  }
}
