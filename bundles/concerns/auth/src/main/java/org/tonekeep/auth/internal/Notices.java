package org.tonekeep.auth.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.MailPurposeException;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.tenant.api.TenantId;

/**
 * Tells owners what was done to their accounts. What they are told of is done also where a site
 * cannot send mails (it has no host, or lists no such purpose): a password that had to be changed
 * is changed.
 */
@Component(service = Notices.class)
public final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private final Mails mails;

  @Activate
  public Notices(@Reference Mails mails) {
    this.mails = mails;
  }

  /** Queues the letter in the running transaction, if the site can send it. */
  void send(TenantId tenant, Letter letter) {
    try {
      mails.send(tenant, letter);
    } catch (MailPurposeException | IllegalStateException | IllegalArgumentException e) {
      // Refused before anything was written; the message names no person.
      LOG.warn("{} does not tell an owner '{}': {}", tenant, letter.template(), e.getMessage());
    }
  }
}
