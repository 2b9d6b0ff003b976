package org.tonekeep.mail.outbox.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.tonekeep.mail.api.Mail;

/** A mail as a message of RFC 5322, multipart/alternative (RFC 2046 section 5.1.4), in ASCII. */
final class MessageWriter {
  /** An encoded word has at most 75 characters (RFC 2047 section 2); 12 of them are its frame. */
  private static final int WORD_BYTES = 45;

  private final StringBuilder out = new StringBuilder();

  private MessageWriter() {}

  /** The whole message; what is not ASCII in it is an address (RFC 6532). */
  static byte[] write(Mail mail) {
    return new MessageWriter().message(mail).getBytes(UTF_8);
  }

  private String message(Mail mail) {
    // "=_" is in no quoted-printable text.
    String boundary = "=_" + mail.id().replaceAll("@.*", "");
    header("Message-ID", "<" + mail.id() + ">");
    header("From", mailbox(mail.from()));
    header("To", mail.to());
    header("Subject", words(mail.subject()));
    new TreeMap<>(mail.headers())
        .forEach(
            (name, value) -> header(name, name.equals("Reply-To") ? mailbox(value) : words(value)));
    header("MIME-Version", "1.0");
    header("Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
    out.append("\r\n");
    part(boundary, "text/plain", mail.text());
    part(boundary, "text/html", mail.html());
    return out.append("--").append(boundary).append("--\r\n").toString();
  }

  private void header(String name, String value) {
    out.append(name).append(": ").append(value).append("\r\n");
  }

  private void part(String boundary, String type, String text) {
    out.append("--").append(boundary).append("\r\n");
    header("Content-Type", type + "; charset=utf-8");
    header("Content-Transfer-Encoding", "quoted-printable");
    out.append("\r\n").append(QuotedPrintable.encode(text)).append("\r\n");
  }

  private static String mailbox(String mailbox) {
    int open = mailbox.lastIndexOf('<');
    if (open <= 0) {
      return mailbox;
    }
    String name = mailbox.substring(0, open).strip();
    boolean ascii = name.chars().allMatch(c -> c >= ' ' && c <= '~');
    String shown = ascii ? "\"" + name.replaceAll("([\"\\\\])", "\\\\$1") + "\"" : words(name);
    return shown + " " + mailbox.substring(open);
  }

  /** As it is when it is short ASCII, else as encoded words, one a line. */
  private static String words(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c <= '~') && !text.contains("=?")) {
      return text;
    }
    List<String> words = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      String next = Character.toString(c);
      if ((piece + next).getBytes(UTF_8).length > WORD_BYTES) {
        words.add(word(piece));
        piece.setLength(0);
      }
      piece.append(next);
    }
    words.add(word(piece));
    return String.join("\r\n ", words);
  }

  private static String word(CharSequence text) {
    return "=?UTF-8?B?"
        + Base64.getEncoder().encodeToString(text.toString().getBytes(UTF_8))
        + "?=";
  }
}
