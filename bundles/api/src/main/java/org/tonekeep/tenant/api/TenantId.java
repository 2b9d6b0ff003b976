package org.tonekeep.tenant.api;

import java.util.regex.Pattern;

/**
 * The name of a tenant: 1 to 32 characters {@code [a-z0-9-]}, beginning with a letter. It names the
 * tenant's file, its path prefix {@code /t/<tenant>} and begins every key of every table.
 */
public record TenantId(String value) implements Comparable<TenantId> {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public TenantId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A tenant id is 1 to 32 characters of a-z, 0-9 and '-', beginning with a letter");
    }
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
