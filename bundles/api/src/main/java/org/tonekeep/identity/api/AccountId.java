package org.tonekeep.identity.api;

import java.util.regex.Pattern;

/** An account's opaque id (UUIDv7). */
public record AccountId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

  public AccountId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("An account id is a UUID");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
