package org.tonekeep.auth.internal.jpa;

import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code auth_credential}. */
@Entity
@Table(name = "auth_credential")
@IdClass(CredentialEntity.Key.class)
class CredentialEntity {
  @Id String tenant;
  @Id String account;

  @Column(name = "scheme")
  String scheme;

  @Column(name = "cost")
  int cost;

  @Column(name = "pw_hash")
  String hash;

  protected CredentialEntity() {}

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
