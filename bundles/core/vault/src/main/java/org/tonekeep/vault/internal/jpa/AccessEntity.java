package org.tonekeep.vault.internal.jpa;

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

/** A row of {@code vault_access}. */
@Entity
@Table(name = "vault_access")
@IdClass(AccessEntity.Key.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class AccessEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "owner_id")
  String owner;

  String kind;

  @Column(name = "blob_id")
  String blob;

  String subject;

  @Column(name = "reader_id")
  String reader;

  @Column(name = "right_kind")
  String right;

  @Column(name = "right_id")
  String rightId;

  @Column(name = "peer_tag")
  String peer;

  @Column(name = "expires_at")
  @Convert(converter = InstantConverter.class)
  Instant expiresAt;

  @Column(name = "open_until")
  @Convert(converter = InstantConverter.class)
  Instant openUntil;

  @Column(name = "request_count")
  long requests;

  @Column(name = "byte_count")
  long bytes;

  protected AccessEntity() {}

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
