package org.tonekeep.auth.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.tenant.api.TenantId;

/**
 * Remembers who a token belongs to for less than half a second, so that a page's burst of requests
 * asks the database once. A revocation on this node acts at once; on another node, and when a new
 * epoch of the account is begun elsewhere, within that time: well under the promised second.
 */
final class CallerCache {
  private static final Duration AGE = Duration.ofMillis(400);
  private static final int MOST = 10_000;

  private record Key(TenantId tenant, String tokenHash) {}

  private record Known(Caller caller, Instant until) {}

  private final ConcurrentMap<Key, Known> known = new ConcurrentHashMap<>();

  Optional<Caller> get(TenantId tenant, String tokenHash, Instant now) {
    Known found = known.get(new Key(tenant, tokenHash));
    return found != null && now.isBefore(found.until())
        ? Optional.of(found.caller())
        : Optional.empty();
  }

  void put(TenantId tenant, String tokenHash, Caller caller, Instant now) {
    if (known.size() >= MOST) {
      known.values().removeIf(k -> !now.isBefore(k.until()));
      if (known.size() >= MOST) {
        known.clear(); // so short a cache is cheap to fill again
      }
    }
    known.put(new Key(tenant, tokenHash), new Known(caller, now.plus(AGE)));
  }

  void forget(TenantId tenant, AccountId account) {
    known
        .values()
        .removeIf(k -> k.caller().tenant().equals(tenant) && k.caller().account().equals(account));
  }
}
