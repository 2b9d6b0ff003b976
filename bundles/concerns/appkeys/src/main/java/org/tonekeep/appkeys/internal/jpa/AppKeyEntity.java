package org.tonekeep.appkeys.internal.jpa;

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

/** A row of {@code appkeys_key}. */
@Entity
@Table(name = "appkeys_key")
@IdClass(AppKeyEntity.Key.class)
class AppKeyEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "account")
  String account;

  @Column(name = "slot")
  int slot;

  @Column(name = "key_name")
  String name;

  @Column(name = "scopes")
  String scopes;

  @Column(name = "token_hash")
  String tokenHash;

  @Column(name = "secret")
  @Nullable String secret;

  @Column(name = "epoch")
  long epoch;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  @Column(name = "expires_at")
  @Convert(converter = InstantConverter.class)
  Instant expiresAt;

  @Column(name = "last_used")
  @Convert(converter = InstantConverter.class)
  @Nullable Instant lastUsed;

  protected AppKeyEntity() {}

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
