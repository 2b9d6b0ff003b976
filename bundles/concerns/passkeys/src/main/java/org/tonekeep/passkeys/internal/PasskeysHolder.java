package org.tonekeep.passkeys.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.passkeys.internal.jpa.ChallengeStore;
import org.tonekeep.passkeys.internal.jpa.PasskeyStore;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The part of passkeys in export and erasure. */
@Component(service = DataHolder.class)
public final class PasskeysHolder implements DataHolder {
  private static final String PASSKEY = "passkey";

  private final PasskeyStore store;
  private final ChallengeStore challenges;
  private final Tx tx;

  @Activate
  public PasskeysHolder(
      @Reference PasskeyStore store, @Reference ChallengeStore challenges, @Reference Tx tx) {
    this.store = store;
    this.challenges = challenges;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            PASSKEY,
            "passkeys",
            "The name, public key and kind of device of each passkey, when it was made and last"
                + " used, how often",
            "To recognise a person by a device in place of the password",
            "Until the passkey is removed"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(
        PASSKEY, store.list(tenant, account).stream().map(PasskeysHolder::plain).toList());
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(
        tenant,
        () -> {
          int unused = store.removeAll(tenant, account);
          challenges.removeAll(tenant, account);
        });
  }

  private static Map<String, Object> plain(Passkey passkey) {
    return Map.of(
        "name", passkey.name(),
        "credential", passkey.credential(),
        "transports", String.join(" ", passkey.transports()),
        "uses", passkey.signCount(),
        "created", passkey.createdAt().toString(),
        "lastUsed", passkey.lastUsed().map(Instant::toString).orElse(""));
  }
}
