package org.tonekeep.passkeys.internal.jpa;

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

/** A row of {@code passkeys_credential}. */
@Entity
@Table(name = "passkeys_credential")
@IdClass(PasskeyEntity.Key.class)
class PasskeyEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "account")
  String account;

  @Column(name = "key_name")
  String name;

  @Column(name = "credential_hash")
  String credentialHash;

  @Column(name = "credential")
  String credential;

  @Column(name = "transports")
  String transports;

  @Column(name = "flags")
  int flags;

  @Column(name = "sign_count")
  long signCount;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  @Column(name = "last_used")
  @Convert(converter = InstantConverter.class)
  @Nullable Instant lastUsed;

  protected PasskeyEntity() {}

  /** Tenant first, then the id. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String id = "";

    Key() {}

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
