package org.tonekeep.totp.internal.jpa;

import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code totp_recovery}. */
@Entity
@Table(name = "totp_recovery")
@IdClass(RecoveryEntity.Key.class)
class RecoveryEntity {
  @Id String tenant;
  @Id String account;

  @Id
  @Column(name = "code_hash")
  String hash;

  protected RecoveryEntity() {}

  /** Tenant first, then account and hash. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String account = "";
    String hash = "";

    Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k
          && tenant.equals(k.tenant)
          && account.equals(k.account)
          && hash.equals(k.hash);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, account, hash);
    }
  }
}
