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

/** A row of {@code auth_session}. */
@Entity
@Table(name = "auth_session")
@IdClass(SessionEntity.Key.class)
class SessionEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "token_hash")
  String tokenHash;

  @Column(name = "account")
  String account;

  @Column(name = "epoch")
  long epoch;

  @Column(name = "label")
  String label;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  @Column(name = "last_seen")
  @Convert(converter = InstantConverter.class)
  Instant lastSeen;

  @Column(name = "expires_at")
  @Convert(converter = InstantConverter.class)
  Instant expiresAt;

  @Column(name = "proven_at")
  @Convert(converter = InstantConverter.class)
  Instant provenAt;

  protected SessionEntity() {}

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
