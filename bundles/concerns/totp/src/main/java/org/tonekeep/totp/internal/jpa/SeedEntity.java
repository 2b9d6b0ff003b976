package org.tonekeep.totp.internal.jpa;

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

/** A row of {@code totp_seed}. */
@Entity
@Table(name = "totp_seed")
@IdClass(SeedEntity.Key.class)
class SeedEntity {
  @Id String tenant;
  @Id String account;

  @Column(name = "seed")
  String seed;

  @Column(name = "confirmed")
  int confirmed;

  @Column(name = "last_step")
  long lastStep;

  @Column(name = "failures")
  int failures;

  @Column(name = "last_try")
  @Convert(converter = InstantConverter.class)
  Instant lastTry;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  protected SeedEntity() {}

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
