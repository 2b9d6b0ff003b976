package org.example.notes;

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

/** A row of {@code example_note}. It does not leave {@link NoteStore}. */
@Entity
@Table(name = "example_note")
@IdClass(NoteEntity.Key.class)
class NoteEntity {
  @Id String tenant;
  @Id String id;

  @Column(name = "owner_id")
  String owner;

  @Column(name = "note")
  String text;

  @Column(name = "written_at")
  @Convert(converter = InstantConverter.class)
  Instant writtenAt;

  protected NoteEntity() {}

  /** The primary key: the tenant first. */
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
