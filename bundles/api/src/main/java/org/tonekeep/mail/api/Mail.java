package org.tonekeep.mail.api;

import java.util.Map;

/**
 * A finished mail.
 *
 * @param id unique, for {@code Message-ID}; the same when it is sent again after a doubtful failure
 * @param from address of the tenant, {@code Name <local@domain>} or bare
 * @param to one address
 * @param text plain body, UTF-8, lines end with {@code \n}
 * @param html HTML body; no image, no script, no foreign address but the links of the text
 * @param headers more headers, such as {@code Auto-Submitted}; no control characters
 */
public record Mail(
    String id,
    String from,
    String to,
    String subject,
    String text,
    String html,
    Map<String, String> headers) {
  public Mail {
    headers = Map.copyOf(headers);
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "Mail[" + id + "]";
  }
}
