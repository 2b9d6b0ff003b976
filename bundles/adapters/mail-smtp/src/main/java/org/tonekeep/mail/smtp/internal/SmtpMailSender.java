package org.tonekeep.mail.smtp.internal;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.tenant.api.TenantId;

/**
 * Sends one mail by one connection: an idle one would have to be kept alive and would be dead when
 * it is needed.
 */
final class SmtpMailSender implements MailSender {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpMailSender.class);

  private final SmtpServer server;

  SmtpMailSender(SmtpServer server) {
    this.server = server;
  }

  @Override
  public void send(TenantId tenant, Mail mail) throws IOException {
    // The library finds its parts by the thread's loader, which is the caller's.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(SmtpMailSender.class.getClassLoader());
    try {
      deliver(mail);
    } catch (MessagingException e) {
      throw Failures.of(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void deliver(Mail mail) throws MessagingException {
    Properties properties = server.properties(mail.id().substring(mail.id().indexOf('@') + 1));
    if (!mail.to().chars().allMatch(c -> c < 128)) {
      properties.setProperty("mail.mime.allowutf8", "true"); // RFC 6531, if the server can
    }
    Session session = Session.getInstance(properties);
    MessageOf message = new MessageOf(session, mail);
    Transport transport = session.getTransport();
    try {
      if (server.user().isEmpty()) {
        transport.connect(server.host(), server.port(), null, null);
      } else {
        transport.connect(server.host(), server.port(), server.user(), server.password());
      }
      transport.sendMessage(message, message.getAllRecipients());
    } finally {
      close(transport);
    }
  }

  /** What was taken stays taken, however the goodbye goes. */
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("The connection did not end well: {}", e.getClass().getSimpleName());
    }
  }
}
