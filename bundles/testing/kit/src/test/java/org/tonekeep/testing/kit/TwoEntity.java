package org.tonekeep.testing.kit;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** A row of unit two. */
@Entity
@Table(name = "two_row")
public class TwoEntity {
  String tenant;
  @Id String id;

  @Column(name = "text_value")
  String text;

  protected TwoEntity() {}

  TwoEntity(String tenant, String id, String text) {
    this.tenant = tenant;
    this.id = id;
    this.text = text;
  }
}
