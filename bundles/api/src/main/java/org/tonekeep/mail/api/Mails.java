package org.tonekeep.mail.api;

import org.osgi.annotation.versioning.ProviderType;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.TenantId;

/** The queue of outgoing mail. */
@ProviderType
public interface Mails {
  /**
   * Queues a letter; joins the running transaction: it leaves exactly if the reason for it commits.
   * It is sent soon after, and tried again for three days when the mail server does not take it.
   *
   * @throws IllegalArgumentException when no running bundle registered the template, a value is
   *     missing or unknown, a link is no path below the site's root, or nobody can be written to at
   *     the address; the message repeats none of them
   * @throws IllegalStateException when the tenant has no host (and no {@code site.url}) and so
   *     neither a sender nor links
   * @throws MailPurposeException when the tenant does not allow the template's purpose
   */
  void send(TenantId tenant, Letter letter);

  /**
   * Queues a notice to an owner if the site can send it: what it tells has happened, and must not
   * fail because of it. Why it could not is in the log.
   *
   * @return whether it was queued
   */
  default boolean tell(TenantId tenant, Letter letter) {
    try {
      send(tenant, letter);
      return true;
    } catch (MailPurposeException | IllegalStateException | IllegalArgumentException e) {
      // Refused before anything was written; the message names no person.
      LoggerFactory.getLogger(Mails.class)
          .warn("{} does not tell an owner '{}': {}", tenant, letter.template(), e.getMessage());
      return false;
    }
  }
}
