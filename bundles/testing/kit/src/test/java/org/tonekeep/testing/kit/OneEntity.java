package org.tonekeep.testing.kit;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** A row of unit one. */
@Entity
@Table(name = "one_row")
public class OneEntity {
  String tenant;
  @Id String id;

  @Column(name = "text_value")
  String text;

  protected OneEntity() {}

  OneEntity(String tenant, String id, String text) {
    this.tenant = tenant;
    this.id = id;
    this.text = text;
  }
}
