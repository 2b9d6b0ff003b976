package org.tonekeep.auth.internal;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.jpa.SessionStore;
import org.tonekeep.tenant.api.TenantId;

/**
 * Collects when sessions were used and writes it a little later, so that a request never waits for
 * it nor fails by it. What a crash loses are seconds of a time that counts in days.
 */
@Component(service = LastSeen.class)
public final class LastSeen {
  private record Key(TenantId tenant, String session) {}

  private final SessionStore store;
  private final ConcurrentMap<Key, Instant> pending = new ConcurrentHashMap<>();

  @Activate
  public LastSeen(@Reference SessionStore store) {
    this.store = store;
  }

  void note(TenantId tenant, String session, Instant when) {
    pending.put(new Key(tenant, session), when);
  }

  /** Writes what was noted; what cannot be written now is kept for the next time. */
  void write() {
    pending.forEach(
        (key, when) -> {
          store.touch(key.tenant(), key.session(), when);
          pending.remove(key, when); // unless it was used again meanwhile
        });
  }
}
