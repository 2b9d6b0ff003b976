package org.tonekeep.profile.internal.jpa;

import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code profile_preferences}. */
@Entity
@Table(name = "profile_preferences")
@IdClass(PreferencesEntity.Key.class)
class PreferencesEntity {
  @Id String tenant;

  @Id String account;

  @Column(name = "prefs")
  String prefs;

  protected PreferencesEntity() {}

  PreferencesEntity(String tenant, String account) {
    this.tenant = tenant;
    this.account = account;
    this.prefs = "";
  }

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
