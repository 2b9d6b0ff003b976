package org.tonekeep.totp.internal;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.totp.internal.jpa.SeedStore;

/** The part of authenticator apps in export and erasure. Seeds are secrets: never exported. */
@Component(service = DataHolder.class)
public final class TotpHolder implements DataHolder {
  private static final String TOTP = "totp";

  private final SeedStore store;
  private final Tx tx;

  @Activate
  public TotpHolder(@Reference SeedStore store, @Reference Tx tx) {
    this.store = store;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            TOTP,
            "totp",
            "The encrypted seed of an authenticator app, when it was set up, hashes of unused"
                + " recovery codes, wrong codes in a row and when the last code was typed",
            "To ask for a second proof when a person signs in",
            "Until the person turns it off"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    List<Map<String, Object>> held =
        store.find(tenant, account).stream()
            .map(
                seed ->
                    Map.<String, Object>of(
                        "created", seed.createdAt().toString(),
                        "on", seed.confirmed(),
                        "lastCode", seed.lastTry().toString(),
                        "wrongCodesInARow", seed.failures(),
                        "recoveryCodes", store.left(tenant, account)))
            .toList();
    return Map.of(TOTP, held);
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(
        tenant,
        () -> {
          boolean unused = store.remove(tenant, account);
        });
  }
}
