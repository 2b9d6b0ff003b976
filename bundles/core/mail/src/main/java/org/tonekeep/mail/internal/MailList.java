package org.tonekeep.mail.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.mail.internal.jpa.MessageStore;
import org.tonekeep.tenant.api.TenantId;

/** What the operator sees of the queue. */
@Component(service = MailList.class)
public final class MailList {
  private final MessageStore store;
  private final MailSeals seals;

  @Activate
  public MailList(@Reference MessageStore store, @Reference MailSeals seals) {
    this.store = store;
    this.seals = seals;
  }

  /** Newest first. */
  public List<QueuedMail> newest(TenantId tenant, int limit) {
    return store.newest(tenant, limit);
  }

  /** To whom it goes; empty when it ended or its owner is gone. */
  public String recipient(TenantId tenant, QueuedMail mail) {
    MailContent sealed = mail.content();
    if (sealed == null) {
      return "";
    }
    try {
      return seals.open(tenant, mail.owner(), sealed).recipient();
    } catch (NoOwnerKeyException gone) {
      return "";
    }
  }
}
