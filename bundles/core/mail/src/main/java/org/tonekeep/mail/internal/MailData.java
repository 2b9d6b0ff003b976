package org.tonekeep.mail.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.mail.internal.jpa.MessageStore;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The queue's part in export and erasure. */
@Component(service = DataHolder.class)
public final class MailData implements DataHolder {
  private static final String QUEUED = "queuedMail";

  private final MessageStore store;
  private final MailSeals seals;

  @Activate
  public MailData(@Reference MessageStore store, @Reference MailSeals seals) {
    this.store = store;
    this.seals = seals;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            QUEUED,
            "mail",
            "Mails that were not sent yet: address, subject and text",
            "To send what you asked for or must know",
            "Until they are sent, at most three days"));
  }

  /** Without the texts: their links are keys that only the mailbox may hold. */
  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(
        QUEUED,
        store.ofOwner(tenant, account).stream().flatMap(row -> plain(tenant, row)).toList());
  }

  private Stream<Map<String, Object>> plain(TenantId tenant, QueuedMail row) {
    MailContent sealed = row.content();
    if (sealed == null) {
      return Stream.empty();
    }
    try {
      MailContent open = seals.open(tenant, Optional.of(row.owner().orElseThrow()), sealed);
      return Stream.of(
          Map.of(
              "created", row.createdAt().toString(),
              "template", row.template(),
              "recipient", open.recipient(),
              "subject", open.subject()));
    } catch (NoOwnerKeyException gone) {
      return Stream.empty();
    }
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    store.removeOfOwner(tenant, account);
  }
}
