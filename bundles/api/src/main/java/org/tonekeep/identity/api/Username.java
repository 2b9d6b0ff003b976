package org.tonekeep.identity.api;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A name that is unique at a tenant and stands in public addresses.
 *
 * @param value as chosen, NFC, without surrounding blanks
 */
public record Username(String value) {
  /**
   * @throws IllegalArgumentException saying what would be right
   */
  public Username {
    value = Normalizer.normalize(value.strip(), Normalizer.Form.NFC);
  }

  /** The form by which two names are the same to a reader. */
  public String skeleton() {
    return value.toLowerCase(Locale.ROOT);
  }
}
