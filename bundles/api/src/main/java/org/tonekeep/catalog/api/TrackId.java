package org.tonekeep.catalog.api;

import java.util.regex.Pattern;

/** A track's opaque id (UUIDv7). */
public record TrackId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

  public TrackId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A track id is a UUID");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
