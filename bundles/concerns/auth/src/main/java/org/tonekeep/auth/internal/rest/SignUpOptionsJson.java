package org.tonekeep.auth.internal.rest;

/**
 * What the form for signing up has to ask.
 *
 * @param signup {@code open} or {@code closed}
 * @param usernames {@code off}, {@code optional} or {@code required}
 * @param confirm {@code off} or {@code required}: whether the address is confirmed by a mail
 */
public record SignUpOptionsJson(String signup, String usernames, String confirm) {}
