package org.tonekeep.appkeys.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.appkeys.internal.jpa.AppKeyStore;
import org.tonekeep.tenant.api.TenantId;

/**
 * Collects when keys were used and writes it a little later, so that a request never waits for it
 * nor fails by it. An hour is exact enough to find a key that nobody needs, and no diary.
 */
@Component(service = LastUsed.class)
public final class LastUsed {
  private static final Duration EVERY = Duration.ofHours(1);

  private record Key(TenantId tenant, String id) {}

  private final AppKeyStore store;
  private final ConcurrentMap<Key, Instant> pending = new ConcurrentHashMap<>();

  @Activate
  public LastUsed(@Reference AppKeyStore store) {
    this.store = store;
  }

  void note(TenantId tenant, AppKey key, Instant when) {
    if (key.lastUsed().filter(last -> last.plus(EVERY).isAfter(when)).isEmpty()) {
      pending.putIfAbsent(new Key(tenant, key.id()), when);
    }
  }

  /** Writes what was noted; what cannot be written now is kept for the next time. */
  void write() {
    pending.forEach(
        (key, when) -> {
          store.touch(key.tenant(), key.id(), when);
          pending.remove(key, when);
        });
  }
}
