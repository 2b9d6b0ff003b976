-- A comment line; with a semicolon.
CREATE TABLE one_row (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  text_value ${clob},
  PRIMARY KEY (tenant, id)
);
