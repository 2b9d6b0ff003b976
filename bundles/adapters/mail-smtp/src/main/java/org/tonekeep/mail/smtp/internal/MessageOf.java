package org.tonekeep.mail.smtp.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.util.Map;
import org.tonekeep.mail.api.Mail;

/** A mail as the library's message, under the mail's own id. */
final class MessageOf extends MimeMessage {
  private static final String UTF8 = UTF_8.name();

  private final String messageId;

  MessageOf(Session session, Mail mail) throws MessagingException {
    super(session);
    this.messageId = "<" + mail.id() + ">";
    setFrom(mailbox(mail.from()));
    setRecipient(Message.RecipientType.TO, mailbox(mail.to()));
    setSubject(mail.subject(), UTF8);
    for (Map.Entry<String, String> header : mail.headers().entrySet()) {
      if (header.getKey().equals("Reply-To")) {
        setReplyTo(new InternetAddress[] {mailbox(header.getValue())});
      } else {
        setHeader(header.getKey(), header.getValue());
      }
    }
    MimeMultipart bodies = new MimeMultipart("alternative");
    bodies.addBodyPart(part(mail.text(), "plain"));
    bodies.addBodyPart(part(mail.html(), "html"));
    setContent(bodies);
    saveChanges();
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF8, subtype);
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    return part;
  }

  /** {@code Name <local@domain>} or bare; the domain in the form that every server knows. */
  private static InternetAddress mailbox(String text) throws MessagingException {
    int open = text.lastIndexOf('<');
    String bare = open < 0 ? text : text.substring(open + 1, text.length() - 1);
    int at = bare.lastIndexOf('@');
    try {
      InternetAddress address = new InternetAddress();
      address.setAddress(bare.substring(0, at + 1) + IDN.toASCII(bare.substring(at + 1)));
      if (open > 0) {
        address.setPersonal(text.substring(0, open).strip(), UTF8);
      }
      return address;
    } catch (UnsupportedEncodingException e) {
      throw new MessagingException("UTF-8", e);
    }
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
