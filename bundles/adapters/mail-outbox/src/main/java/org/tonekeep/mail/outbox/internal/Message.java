package org.tonekeep.mail.outbox.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operator reads of a message that {@link MessageWriter} wrote.
 *
 * @param text the plain body
 */
public record Message(String to, String date, String subject, String text) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"([^\"]+)\"");
  private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/=]*)\\?=");

  static Message parse(String message) {
    int body = message.indexOf("\r\n\r\n");
    String head = message.substring(0, Math.max(body, 0)).replace("\r\n ", "");
    return new Message(
        header(head, "To"), header(head, "Date"), header(head, "Subject"), text(message));
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> decoded(line.substring(name.length() + 2)))
        .findFirst()
        .orElse("");
  }

  private static String decoded(String value) {
    return WORD.matcher(value)
        .replaceAll(
            word ->
                Matcher.quoteReplacement(
                    new String(Base64.getDecoder().decode(word.group(1)), UTF_8)));
  }

  private static String text(String message) {
    Matcher boundary = BOUNDARY.matcher(message);
    if (!boundary.find()) {
      return "";
    }
    String part = message.split(Pattern.quote("--" + boundary.group(1)), -1)[1];
    String body = part.substring(part.indexOf("\r\n\r\n") + 4);
    return QuotedPrintable.decode(body.substring(0, body.length() - 2));
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "Message";
  }
}
