package org.tonekeep.mail.internal.jpa;

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

/** A row of {@code mail_message}. */
@Entity
@Table(name = "mail_message")
@IdClass(MessageEntity.Key.class)
class MessageEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "template")
  String template;

  @Column(name = "lang")
  String lang;

  @Column(name = "host")
  String host;

  @Column(name = "owner")
  @Nullable String owner;

  @Column(name = "state")
  String state;

  @Column(name = "tries")
  int tries;

  @Column(name = "reason")
  String reason;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  @Column(name = "next_at")
  @Convert(converter = InstantConverter.class)
  Instant nextAt;

  @Column(name = "ended_at")
  @Convert(converter = InstantConverter.class)
  @Nullable Instant endedAt;

  @Column(name = "recipient")
  @Nullable String recipient;

  @Column(name = "subject")
  @Nullable String subject;

  @Column(name = "body_text")
  @Nullable String text;

  @Column(name = "body_html")
  @Nullable String html;

  protected MessageEntity() {}

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
