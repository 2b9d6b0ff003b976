package org.tonekeep.mail.api;

import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/** The queue of outgoing mail. */
@ProviderType
public interface Mails {
  /**
   * Queues a letter; joins the running transaction: it leaves exactly if the reason for it commits.
   * It is sent soon after, and tried again for three days when the mail server does not take it.
   *
   * @throws IllegalArgumentException when no running bundle registered the template, or a value is
   *     missing or unknown
   * @throws MailPurposeException when the tenant does not allow the template's purpose
   */
  void send(TenantId tenant, Letter letter);
}
