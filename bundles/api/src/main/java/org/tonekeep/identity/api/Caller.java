package org.tonekeep.identity.api;

import java.util.Set;
import org.tonekeep.tenant.api.TenantId;

/**
 * Who makes a request.
 *
 * @param session opaque id of the session (never its token)
 */
public record Caller(TenantId tenant, AccountId account, Set<Role> roles, String session) {
  public Caller {
    roles = Set.copyOf(roles);
  }
}
