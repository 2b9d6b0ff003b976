package org.tonekeep.tenant.internal;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tonekeep.tenant.api.TenantId;

/**
 * Decides what is in force: a function of the files, the last good states and the declarations, and
 * of nothing else, so that a restart comes to the same answer.
 */
final class TenantEvaluator {
  private TenantEvaluator() {}

  static View evaluate(
      Map<TenantId, TenantFile> files, Map<TenantId, TenantValues> lastGood, Declared declared) {
    SortedMap<TenantId, Draft> drafts = new TreeMap<>();
    TreeSet<TenantId> ids = new TreeSet<>(files.keySet());
    ids.addAll(lastGood.keySet());
    ids.forEach(id -> drafts.put(id, new Draft(id, files.get(id), lastGood.get(id), declared)));
    settleHosts(drafts);
    SortedMap<TenantId, Status> statuses = new TreeMap<>();
    drafts.forEach((id, draft) -> statuses.put(id, draft.toStatus()));
    return new View(statuses);
  }

  /** Each round takes claims away from one tenant, so it ends. */
  private static void settleHosts(SortedMap<TenantId, Draft> drafts) {
    Optional<HostClaims.Lost> lost;
    do {
      lost =
          HostClaims.firstLost(drafts.values().stream().flatMap(d -> d.claims().stream()).toList());
      lost.ifPresent(l -> draftOf(l.claim().tenant(), drafts).giveWay(l));
    } while (lost.isPresent());
  }

  private static Draft draftOf(TenantId id, SortedMap<TenantId, Draft> drafts) {
    return Objects.requireNonNull(drafts.get(id));
  }
}
