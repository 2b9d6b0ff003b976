package org.tonekeep.appkeys.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.appkeys.internal.jpa.AppKeyStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The part of app keys in export and erasure. Secrets and hashes are never exported. */
@Component(service = DataHolder.class)
public final class AppKeysHolder implements DataHolder {
  private static final String KEY = "app-key";

  private final AppKeyStore store;
  private final AppKeys keys;
  private final Tx tx;

  @Activate
  public AppKeysHolder(@Reference AppKeyStore store, @Reference AppKeys keys, @Reference Tx tx) {
    this.store = store;
    this.keys = keys;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            KEY,
            "appkeys",
            "The name of each app key, what it may do, when it was made, ends and was last used;"
                + " a hash of it, for players the key itself",
            "To let a player or script work for a person without the password",
            "Until the key is removed or expires, at most two years"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(KEY, store.list(tenant, account).stream().map(AppKeysHolder::plain).toList());
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(tenant, () -> keys.endAll(tenant, account));
  }

  private static Map<String, Object> plain(AppKey key) {
    return Map.of(
        "name", key.name(),
        "scope", AppKeys.words(key.scopes()),
        "created", key.createdAt().toString(),
        "expires", key.expiresAt().toString(),
        "lastUsed", key.lastUsed().map(Instant::toString).orElse(""));
  }
}
