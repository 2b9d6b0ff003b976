package org.tonekeep.tenant.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tonekeep.tenant.api.TenantId;

/** Who serves a host when two tenants want it: who had it before. */
final class HostClaims {
  private HostClaims() {}

  /** How strong a claim is, the strongest first. */
  enum Strength {
    /** The file says so and the last good state said so already. */
    KEPT,
    /** The file is broken; the last good state says so. */
    LAST_GOOD,
    /** The file says so for the first time. */
    NEW
  }

  record Claim(TenantId tenant, String host, Strength strength) {}

  /** A claim that cannot be granted, and who has the host. */
  record Lost(Claim claim, TenantId owner) {}

  /**
   * The strongest claim that has to yield. Its tenant then claims less, so the caller asks again
   * until there is none.
   */
  static Optional<Lost> firstLost(List<Claim> claims) {
    Map<String, TenantId> owners = new HashMap<>();
    List<Claim> ordered =
        claims.stream()
            .sorted(
                Comparator.comparing(Claim::strength)
                    .thenComparing(Claim::tenant)
                    .thenComparing(Claim::host))
            .toList();
    for (Claim claim : ordered) {
      TenantId owner = owners.putIfAbsent(claim.host(), claim.tenant());
      if (owner != null && !owner.equals(claim.tenant())) {
        return Optional.of(new Lost(claim, owner));
      }
    }
    return Optional.empty();
  }
}
