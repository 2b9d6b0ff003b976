package org.tonekeep.auth.internal;

import java.time.Duration;
import java.time.Instant;
import org.tonekeep.tenant.api.Tenant;

/**
 * When a tenant's sessions end, as its file says now: a shortened limit ends old sessions too.
 *
 * @param ttl since it began
 * @param idle since it was last used
 */
public record SessionLimits(Duration ttl, Duration idle) {
  static SessionLimits of(Tenant tenant) {
    return new SessionLimits(tenant.get(AuthKeys.SESSION_TTL), tenant.get(AuthKeys.SESSION_IDLE));
  }

  boolean allow(SessionRow session, Instant now) {
    return now.isBefore(session.expiresAt())
        && now.isBefore(session.createdAt().plus(ttl))
        && now.isBefore(session.lastSeen().plus(idle));
  }
}
