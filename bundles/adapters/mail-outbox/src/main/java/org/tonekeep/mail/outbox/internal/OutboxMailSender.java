package org.tonekeep.mail.outbox.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.tenant.api.TenantId;

/** Sends by writing a file. */
@Component(service = MailSender.class, property = MailSender.ADAPTER + "=outbox")
public final class OutboxMailSender implements MailSender {
  private final Outbox outbox;

  @Activate
  public OutboxMailSender(@Reference Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public void send(TenantId tenant, Mail mail) throws IOException {
    try {
      outbox.put(tenant, mail);
    } catch (FileSystemException e) {
      // Its message is a path, which names the account by id.
      throw new IOException("the outbox cannot be written: " + e.getReason(), e);
    }
  }
}
