package org.tonekeep.mail.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Hands a mail to the outside. Implementations register it with the service property {@link
 * #ADAPTER}; a tenant's {@code mail.adapter} names one. Only core/mail calls it, from worker
 * threads, several at once. Signing the contract in testing/contracts is what implementing means.
 */
@ConsumerType
public interface MailSender {
  /** Service property: the adapter's name, such as {@code smtp}. */
  String ADAPTER = "mail.adapter";

  /**
   * Sends the mail. On return the other side has taken responsibility for it.
   *
   * @throws MailRefusedException when trying again will not help (the recipient is refused for
   *     good)
   * @throws IOException when trying again may help; the message names no address
   */
  void send(TenantId tenant, Mail mail) throws IOException;
}
