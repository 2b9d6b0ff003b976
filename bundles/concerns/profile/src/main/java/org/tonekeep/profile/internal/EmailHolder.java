package org.tonekeep.profile.internal;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.profile.internal.EmailLink.Kind;
import org.tonekeep.profile.internal.jpa.EmailLinkStore;
import org.tonekeep.tenant.api.TenantId;

/** The part of changes of the address in export and erasure. Hashes are secrets: not exported. */
@Component(service = DataHolder.class)
public final class EmailHolder implements DataHolder {
  private static final String CHANGE = "email-change";

  private final EmailLinkStore store;
  private final EmailChanges changes;
  private final Tx tx;

  @Activate
  public EmailHolder(
      @Reference EmailLinkStore store, @Reference EmailChanges changes, @Reference Tx tx) {
    this.store = store;
    this.changes = changes;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            CHANGE,
            "profile",
            "The address that waits for its confirmation, the one before the last change; a hash of"
                + " the link's token",
            "To change the address, and to undo that",
            "Until the link is used; 24 hours (a new address), 7 days (an old one)"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    List<Map<String, Object>> held =
        store.list(tenant, account).stream()
            .map(
                link ->
                    Map.<String, Object>of(
                        "kind", link.kind().name(),
                        "address", changes.opened(tenant, link),
                        "expires", link.expiresAt().toString()))
            .toList();
    return Map.of(CHANGE, held);
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(
        tenant,
        () -> {
          for (Kind kind : Kind.values()) {
            store.removeAll(tenant, account, kind);
          }
        });
  }
}
