package org.tonekeep.jobs.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tonekeep.tenant.api.TenantId;

/**
 * Whose turn it is on this node. First the tenant with the fewest running jobs, of those the one
 * that was served longest ago; within it an account without a running job before one that has one,
 * and around the circle of accounts from the one served last. So neither a tenant nor an account
 * with a thousand waiting jobs holds up another one's first.
 *
 * <p>Used by the dispatcher's thread only.
 */
final class Turns {
  private final Map<TenantId, Long> served = new HashMap<>();
  private final Map<TenantId, String> lastOwner = new HashMap<>();
  private long turn;

  /**
   * The tenants in the order of their turn.
   *
   * @param running how many jobs of each tenant run here; absent means none
   */
  List<TenantId> order(List<TenantId> tenants, Map<TenantId, Long> running) {
    return tenants.stream()
        .sorted(
            Comparator.<TenantId>comparingLong(t -> running.getOrDefault(t, 0L))
                .thenComparingLong(t -> served.getOrDefault(t, 0L)))
        .toList();
  }

  /** The account of the tenant that was served last; empty when none was. */
  String lastOwner(TenantId tenant) {
    return lastOwner.getOrDefault(tenant, "");
  }

  /** The tenant's and the account's turn was taken. */
  void served(TenantId tenant, String owner) {
    served.put(tenant, ++turn);
    lastOwner.put(tenant, owner);
  }
}
