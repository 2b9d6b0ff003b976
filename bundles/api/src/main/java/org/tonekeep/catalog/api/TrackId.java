package org.tonekeep.catalog.api;

/** A track's opaque id (UUIDv7). */
public record TrackId(String value) {
  public TrackId {
    if (!value.matches("[0-9a-f-]{36}")) {
      throw new IllegalArgumentException("A track id is a UUID");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
