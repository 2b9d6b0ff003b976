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

/** A row of {@code identity_username}: one key of a username, see {@link NameRows}. */
@Entity
@Table(name = "identity_username")
@IdClass(NameEntity.Key.class)
class NameEntity {
  @Id String tenant;

  @Id
  @Column(name = "name_key")
  String nameKey;

  @Column(name = "account")
  String account;

  /** Null while the name is in use. */
  @Column(name = "kept_until")
  @Convert(converter = InstantConverter.class)
  @Nullable Instant keptUntil;

  protected NameEntity() {}

  NameEntity(String tenant, String nameKey, String account) {
    this.tenant = tenant;
    this.nameKey = nameKey;
    this.account = account;
  }

  /** Tenant first, then the key. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String nameKey = "";

    Key() {}

    Key(String tenant, String nameKey) {
      this.tenant = tenant;
      this.nameKey = nameKey;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k && tenant.equals(k.tenant) && nameKey.equals(k.nameKey);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, nameKey);
    }
  }
}
