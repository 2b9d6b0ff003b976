package org.tonekeep.auth.internal.rest;

import java.util.List;

/**
 * What the form for signing up has to ask.
 *
 * @param signup {@code open} or {@code closed}
 * @param usernames {@code off}, {@code optional} or {@code required}
 * @param confirm {@code off} or {@code required}: whether the address is confirmed by a mail
 * @param fields what else an account may hold: some of {@code displayName}, {@code artistName},
 *     {@code socials}, {@code image}
 */
public record SignUpOptionsJson(
    String signup, String usernames, String confirm, List<String> fields) {
  public SignUpOptionsJson {
    fields = List.copyOf(fields);
  }
}
