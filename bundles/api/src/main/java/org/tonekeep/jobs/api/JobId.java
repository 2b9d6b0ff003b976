package org.tonekeep.jobs.api;

import java.util.regex.Pattern;

/** A job's opaque id (UUIDv7). */
public record JobId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

  public JobId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A job id is a UUID");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
