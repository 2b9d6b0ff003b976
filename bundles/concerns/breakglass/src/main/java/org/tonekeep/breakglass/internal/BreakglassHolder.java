package org.tonekeep.breakglass.internal;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.breakglass.internal.jpa.GrantStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The concern's part in export and erasure. */
@Component(service = DataHolder.class)
public final class BreakglassHolder implements DataHolder {
  private static final String GRANT = "breakglass";

  private final GrantStore store;
  private final Tx tx;

  @Activate
  public BreakglassHolder(@Reference GrantStore store, @Reference Tx tx) {
    this.store = store;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            GRANT,
            "breakglass",
            "When somebody of the staff was let in to your music, with ticket and reason; for the"
                + " staff, what they asked for and approved",
            "To show you who could listen to your music, and why",
            "breakglass.keep after its end, or until the account is deleted"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(
        GRANT, store.about(tenant, account).stream().map(g -> plain(g, account)).toList());
  }

  /** The reason is written about the owner, and goes to nobody else. */
  private static Map<String, Object> plain(Grant grant, AccountId account) {
    boolean own = grant.owner().equals(account);
    return Map.of(
        "id", grant.id(),
        "yours", own,
        "track", grant.track().map(t -> own ? t.value() : "").orElse(""),
        "ticket", grant.ticket(),
        "reason", own ? grant.reason() : "",
        "askedAt", grant.askedAt().toString(),
        "approvedAt", grant.approval().map(a -> a.at().toString()).orElse(""),
        "endsAt", grant.approval().map(a -> a.endsAt().toString()).orElse(""),
        "revokedAt", grant.revokedAt().map(Object::toString).orElse(""));
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(tenant, () -> store.erase(tenant, account));
  }
}
