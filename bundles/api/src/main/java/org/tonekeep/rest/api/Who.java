package org.tonekeep.rest.api;

import java.util.Optional;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.tenant.api.TenantId;

/**
 * Which tenant a request is for and who makes it. Resource methods take it as a parameter with
 * {@code @Context}; doors receive it.
 *
 * @param root what precedes the tenant's paths in addresses: empty, or {@code /t/<tenant>}
 * @param requestId for logs and problem documents
 * @param peer what the tenant may know of the other end
 * @param host name of the host that the request is for, lower case, without port; empty for work
 *     without a request
 */
public record Who(
    TenantId tenant,
    Optional<Caller> caller,
    String root,
    String requestId,
    Peer peer,
    String host) {
  /** For no host. */
  public Who(TenantId tenant, Optional<Caller> caller, String root, String requestId, Peer peer) {
    this(tenant, caller, root, requestId, peer, "");
  }

  /** Of a peer that nobody knows. */
  public Who(TenantId tenant, Optional<Caller> caller, String root, String requestId) {
    this(tenant, caller, root, requestId, Peer.unknown());
  }

  /** Where the request came in, host and root: what is signed for it is good there only. */
  public String audience() {
    return host + root;
  }

  /**
   * The caller.
   *
   * @throws ProblemException 401 {@code sign-in-required} when anonymous
   */
  public Caller signedIn() {
    return caller.orElseThrow(
        () ->
            ProblemException.of(401, "sign-in-required", "Sign in required", "Sign in to do this"));
  }

  /**
   * The caller, who has proven to be the owner within the last minutes.
   *
   * @throws ProblemException 401 when anonymous, 403 {@code step-up-required}: ask for the password
   *     ({@code POST /api/auth/step-up}) and try again
   */
  public Caller proven() {
    Caller who = signedIn();
    if (!who.proven()) {
      throw ProblemException.of(
          403,
          "step-up-required",
          "Confirm that it is you",
          "Confirm your password (or passkey) and try again");
    }
    return who;
  }

  /**
   * The caller, who has the role.
   *
   * @throws ProblemException 401 when anonymous, 403 {@code role-required} without the role
   */
  public Caller withRole(Role role) {
    Caller who = signedIn();
    if (!who.roles().contains(role)) {
      throw ProblemException.of(
          403, "role-required", "Not allowed", "Your account may not do this");
    }
    return who;
  }
}
