package org.tonekeep.mail.api;

import java.util.Map;
import java.util.Optional;
import org.tonekeep.identity.api.AccountId;

/**
 * A mail to be made from a template.
 *
 * @param template id of a {@link MailTemplate}
 * @param to the address
 * @param owner the account that it is about: the letter is sealed under its key and dies with it
 * @param values what the template names; values whose name ends in {@code Link} or is {@code link}
 *     are addresses below the site's own root
 */
public record Letter(
    String template, String to, Optional<AccountId> owner, Map<String, String> values) {
  public Letter {
    values = Map.copyOf(values);
  }

  /** Without the person and without the secrets of links. */
  @Override
  public String toString() {
    return "Letter[" + template + "]";
  }
}
