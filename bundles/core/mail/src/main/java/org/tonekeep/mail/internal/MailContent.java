package org.tonekeep.mail.internal;

import java.util.function.UnaryOperator;

/**
 * What is personal or secret in a letter; sealed in the table, open while it is sent.
 *
 * @param recipient bare address
 */
public record MailContent(String recipient, String subject, String text, String html) {
  MailContent map(
      UnaryOperator<String> recipient, UnaryOperator<String> subject, UnaryOperator<String> body) {
    return new MailContent(
        recipient.apply(this.recipient),
        subject.apply(this.subject),
        body.apply(text),
        body.apply(html));
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "MailContent";
  }
}
