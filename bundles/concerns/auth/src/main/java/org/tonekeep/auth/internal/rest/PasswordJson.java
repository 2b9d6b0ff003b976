package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/**
 * The body of a change of password: {@code {"current": …, "new": …}}. A bean and not a record,
 * because {@code new} cannot be the name of a record's component.
 */
public final class PasswordJson {
  private @Nullable String current;
  private @Nullable String next;

  public @Nullable String getCurrent() {
    return current;
  }

  public void setCurrent(@Nullable String current) {
    this.current = current;
  }

  public @Nullable String getNew() {
    return next;
  }

  public void setNew(@Nullable String next) {
    this.next = next;
  }
}
