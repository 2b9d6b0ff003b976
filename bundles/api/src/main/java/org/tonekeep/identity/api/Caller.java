package org.tonekeep.identity.api;

import java.util.Set;
import org.tonekeep.tenant.api.TenantId;

/**
 * Who makes a request.
 *
 * @param session opaque id of the session or app key (never its token)
 * @param scopes what this way of signing in allows
 * @param proven true while it is only minutes ago that the person proved to be the owner in this
 *     session (password, and second factor where there is one): deletion, export, new keys and a
 *     new address ask for it
 */
public record Caller(
    TenantId tenant,
    AccountId account,
    Set<Role> roles,
    String session,
    Set<Scope> scopes,
    boolean proven) {
  public Caller {
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
  }

  /** Somebody with a session who has just signed in. */
  public Caller(TenantId tenant, AccountId account, Set<Role> roles, String session) {
    this(tenant, account, roles, session, Set.of(Scope.SESSION), true);
  }
}
