package org.tonekeep.tenant.api;

import java.util.Set;

/**
 * A promise that a feature keeps for every tenant that lists it.
 *
 * @param id stable name, such as {@code deleted-is-purged}
 * @param text one sentence for the policy
 * @param guards acts that are refused with {@code promise-unkept} while the keeper is not active
 */
public record Promise(String id, String text, Set<Act> guards) {
  public Promise {
    guards = Set.copyOf(guards);
  }
}
