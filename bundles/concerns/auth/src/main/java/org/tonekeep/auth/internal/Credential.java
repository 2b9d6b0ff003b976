package org.tonekeep.auth.internal;

import java.util.regex.Pattern;

/**
 * What is stored of a password.
 *
 * @param scheme how it was made; see {@link PasswordHasher}
 * @param hash in modular crypt format, such as {@code $2b$12$…}
 */
public record Credential(String scheme, String hash) {
  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$[0-9]{2}\\$.*");

  /** Work factor of the hash; 0 when its format is not known here. */
  public int cost() {
    return BCRYPT.matcher(hash).matches() ? Integer.parseInt(hash.substring(4, 6)) : 0;
  }

  @Override
  public String toString() {
    return "Credential[" + scheme + "]";
  }
}
