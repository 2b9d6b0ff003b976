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

/** A row of {@code auth_known}. */
@Entity
@Table(name = "auth_known")
@IdClass(KnownEntity.Key.class)
class KnownEntity {
  @Id String tenant;
  @Id String pair;

  @Column(name = "account")
  String account;

  @Column(name = "seen_at")
  @Convert(converter = InstantConverter.class)
  Instant seenAt;

  protected KnownEntity() {}

  /** Tenant first, then the pair. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String pair = "";

    Key() {}

    Key(String tenant, String pair) {
      this.tenant = tenant;
      this.pair = pair;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k && tenant.equals(k.tenant) && pair.equals(k.pair);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, pair);
    }
  }
}
