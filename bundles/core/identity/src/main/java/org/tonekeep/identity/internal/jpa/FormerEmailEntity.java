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

/** A row of {@code identity_former_email}, see {@link FormerEmails}. */
@Entity
@Table(name = "identity_former_email")
@IdClass(FormerEmailEntity.Key.class)
class FormerEmailEntity {
  @Id String tenant;

  @Id
  @Column(name = "email_index")
  String emailIndex;

  @Column(name = "account")
  String account;

  @Column(name = "kept_until")
  @Convert(converter = InstantConverter.class)
  Instant keptUntil;

  protected FormerEmailEntity() {}

  FormerEmailEntity(String tenant, String emailIndex, String account, Instant keptUntil) {
    this.tenant = tenant;
    this.emailIndex = emailIndex;
    this.account = account;
    this.keptUntil = keptUntil;
  }

  /** Tenant first, then the index. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String emailIndex = "";

    Key() {}

    Key(String tenant, String emailIndex) {
      this.tenant = tenant;
      this.emailIndex = emailIndex;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k && tenant.equals(k.tenant) && emailIndex.equals(k.emailIndex);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, emailIndex);
    }
  }
}
