package org.tonekeep.jobs.api;

/** A job's opaque id (UUIDv7). */
public record JobId(String value) {
  public JobId {
    if (!value.matches("[0-9a-f-]{36}")) {
      throw new IllegalArgumentException("A job id is a UUID");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
