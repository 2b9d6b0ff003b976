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

/** A row of {@code passkeys_challenge}. */
@Entity
@Table(name = "passkeys_challenge")
@IdClass(ChallengeEntity.Key.class)
class ChallengeEntity {
  @Id String tenant;

  @Id
  @Column(name = "challenge_hash")
  String hash;

  @Column(name = "purpose")
  String purpose;

  @Column(name = "account")
  String account;

  @Column(name = "expires_at")
  @Convert(converter = InstantConverter.class)
  Instant expiresAt;

  protected ChallengeEntity() {}

  /** Tenant first, then the hash. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String hash = "";

    Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k && tenant.equals(k.tenant) && hash.equals(k.hash);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, hash);
    }
  }
}
