package org.tonekeep.identity.internal.jpa;

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

/** A row of {@code identity_account}; what is personal is sealed, see {@link SealedAccounts}. */
@Entity
@Table(name = "identity_account")
@IdClass(AccountEntity.Key.class)
class AccountEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "email")
  String email;

  @Column(name = "email_index")
  String emailIndex;

  @Column(name = "username")
  String username;

  @Column(name = "display_name")
  String displayName;

  @Column(name = "artist_name")
  String artistName;

  @Column(name = "socials")
  String socials;

  @Column(name = "roles")
  String roles;

  @Column(name = "plan_name")
  String plan;

  @Column(name = "state")
  String state;

  @Column(name = "epoch")
  long epoch;

  @Column(name = "factors")
  String factors;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  protected AccountEntity() {}

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
