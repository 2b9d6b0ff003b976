package org.tonekeep.rest.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/** A request's right to do what an {@code Idempotency-Key} stands for, until it is settled. */
final class Claim {
  /** Not yet a status. */
  private static final int NONE = -1;

  private final TenantId tenant;
  private final AccountId account;
  private final String key;
  private final String id;
  private int settled = NONE;

  Claim(TenantId tenant, AccountId account, String key, String id) {
    this.tenant = tenant;
    this.account = account;
    this.key = key;
    this.id = id;
  }

  /**
   * Writes the outcome, once for each status: what was done is kept, for anything else the key is
   * free again.
   */
  synchronized void settle(KeyStore keys, int status, @Nullable String location) {
    if (settled == status) {
      return;
    }
    settled = status;
    // False when it was taken over or erased meanwhile: then nothing is ours to write.
    boolean unused =
        status / 100 == 2
            ? keys.finish(tenant, account, key, id, status, location)
            : keys.release(tenant, account, key, id);
  }

  void renew(KeyStore keys, Instant until) {
    boolean unused = keys.renew(tenant, account, key, id, until);
  }
}
