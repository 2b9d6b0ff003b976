package org.tonekeep.mail.api;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tonekeep.identity.api.AccountId;

/**
 * A finished mail.
 *
 * @param id {@code <36 characters 0-9a-f->@<host>}: {@code Message-ID} without its angle brackets;
 *     unique, and the same when it is sent again after a doubtful failure
 * @param owner the account that it is about: an adapter that keeps mails finds them by it when the
 *     account is erased; it never leaves the platform
 * @param from address of the tenant, {@code Name <local@domain>} or bare
 * @param to one bare address
 * @param text plain body, UTF-8, lines end with {@code \n}
 * @param html HTML body; no image, no script, no foreign address but the links of the text
 * @param headers more headers, such as {@code Date} and {@code Auto-Submitted}
 */
public record Mail(
    String id,
    Optional<AccountId> owner,
    String from,
    String to,
    String subject,
    String text,
    String html,
    Map<String, String> headers) {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /**
   * @throws IllegalArgumentException when something that stands in a header has a control character
   *     (a line break would begin a header of the sender's own); the message does not repeat it
   */
  public Mail {
    headers = Map.copyOf(headers);
    Stream.concat(
            Stream.of(id, from, to, subject),
            headers.entrySet().stream().flatMap(h -> Stream.of(h.getKey(), h.getValue())))
        .filter(line -> CONTROL.matcher(line).find())
        .findAny()
        .ifPresent(
            line -> {
              throw new IllegalArgumentException("A header of a mail has a control character");
            });
    if (!id.matches("[0-9a-f-]{36}@[A-Za-z0-9.:-]{1,255}")) {
      throw new IllegalArgumentException("A mail's id is <id>@<host>");
    }
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "Mail[" + id + "]";
  }
}
