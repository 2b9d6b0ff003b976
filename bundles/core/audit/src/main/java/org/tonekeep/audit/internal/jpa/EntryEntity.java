package org.tonekeep.audit.internal.jpa;

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

/** A row of {@code audit_entry}. */
@Entity
@Table(name = "audit_entry")
@IdClass(EntryEntity.Key.class)
class EntryEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "happened_at")
  @Convert(converter = InstantConverter.class)
  Instant at;

  @Column(name = "actor_kind")
  String actorKind;

  @Column(name = "actor")
  String actor;

  @Column(name = "action")
  String action;

  @Column(name = "subject")
  String subject;

  @Column(name = "owner")
  @Nullable String owner;

  @Column(name = "peer")
  String peer;

  @Column(name = "success")
  short success;

  @Column(name = "facts")
  String facts;

  protected EntryEntity() {}

  /** Tenant first, then the id. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String id = "";

    Key() {}

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
