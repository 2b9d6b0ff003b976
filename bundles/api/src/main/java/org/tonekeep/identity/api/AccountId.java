package org.tonekeep.identity.api;

/** An account's opaque id (UUIDv7). */
public record AccountId(String value) {
  public AccountId {
    if (!value.matches("[0-9a-f-]{36}")) {
      throw new IllegalArgumentException("An account id is a UUID");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
