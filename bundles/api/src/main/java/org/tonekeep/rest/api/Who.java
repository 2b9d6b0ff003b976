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
 */
public record Who(TenantId tenant, Optional<Caller> caller, String root, String requestId) {
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
