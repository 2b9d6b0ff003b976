package org.tonekeep.auth.internal.rest;

/** The answer to a sign-up whose address must be confirmed, whether it is known or not. */
public record PendingJson(String state) {
  static final PendingJson PENDING = new PendingJson("pending");
}
