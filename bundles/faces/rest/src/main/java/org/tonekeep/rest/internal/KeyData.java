package org.tonekeep.rest.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** An account's idempotency keys, in export and erasure. */
@Component(service = DataHolder.class)
public final class KeyData implements DataHolder {
  private final KeyStore keys;

  @Activate
  public KeyData(@Reference KeyStore keys) {
    this.keys = keys;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            "idempotencyKey",
            "rest",
            "Keys that the account's programs or pages sent with a request, how it ended and where"
                + " its result is; nothing of the request's body",
            "To do what was asked only once when it is asked again",
            "24 hours"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(
        "idempotencyKey", keys.ofAccount(tenant, account).stream().map(KeyData::row).toList());
  }

  private static Map<String, Object> row(KeyRow key) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("key", key.key());
    if (!key.pending()) {
      row.put("status", key.status());
    }
    String location = key.location();
    if (location != null) {
      row.put("location", location);
    }
    row.put("createdAt", key.createdAt().toString());
    return row;
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    keys.forget(tenant, account);
  }
}
