-- A comment line; with a semicolon.
CREATE TABLE two_row (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  text_value VARCHAR(20),
  PRIMARY KEY (tenant, id)
);
