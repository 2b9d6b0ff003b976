package org.tonekeep.auth.internal;

/**
 * What is stored of a password.
 *
 * @param scheme how it was made; see {@link PasswordHasher}
 * @param hash in modular crypt format, such as {@code $2b$12$…}
 */
public record Credential(String scheme, String hash) {
  @Override
  public String toString() {
    return "Credential[" + scheme + "]";
  }
}
