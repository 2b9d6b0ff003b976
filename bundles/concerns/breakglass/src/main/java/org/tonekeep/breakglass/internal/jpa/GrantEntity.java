package org.tonekeep.breakglass.internal.jpa;

import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code breakglass_grant}; times in epoch milliseconds, 0 for what is not. */
@Entity
@Table(name = "breakglass_grant")
@IdClass(GrantEntity.Key.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class GrantEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "owner_id")
  String owner;

  @Column(name = "track_id")
  String track;

  @Column(name = "staff_id")
  String staff;

  @Column(name = "asked_by")
  String asker;

  @Column(name = "approved_by")
  String approver;

  String ticket;

  /** Sealed under the owner's key. */
  String reason;

  @Column(name = "wanted_millis")
  long wantedMillis;

  @Column(name = "asked_at")
  long askedAt;

  @Column(name = "approved_at")
  long approvedAt;

  @Column(name = "ends_at")
  long endsAt;

  @Column(name = "revoked_at")
  long revokedAt;

  protected GrantEntity() {}

  /** Tenant first. */
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
      return other instanceof Key that && tenant.equals(that.tenant) && id.equals(that.id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, id);
    }
  }
}
