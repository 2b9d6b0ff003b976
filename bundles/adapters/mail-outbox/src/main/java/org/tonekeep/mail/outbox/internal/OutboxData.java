package org.tonekeep.mail.outbox.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The outbox' part in export and erasure. */
@Component(service = DataHolder.class)
public final class OutboxData implements DataHolder {
  private static final String KEPT = "outboxMail";

  private final Outbox outbox;

  @Activate
  public OutboxData(@Reference Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            KEPT,
            "mail-outbox",
            "Mails as files on the operator's disk: address, subject and text",
            "To be handed on by the operator, where the site has no mail server",
            "mail.outbox.keep"));
  }

  /** Without the texts: their links are keys that only the mailbox may hold. */
  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    try {
      return Map.of(
          KEPT,
          outbox.ofOwner(tenant, account).stream()
              .map(
                  m ->
                      Map.<String, Object>of(
                          "date", m.date(), "recipient", m.to(), "subject", m.subject()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("The outbox cannot be read", e);
    }
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    try {
      outbox.removeOfOwner(tenant, account);
    } catch (IOException e) {
      throw new UncheckedIOException("The outbox cannot be written", e);
    }
  }
}
