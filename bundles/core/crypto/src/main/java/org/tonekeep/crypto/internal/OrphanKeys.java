package org.tonekeep.crypto.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.crypto.api.KeyOwners;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.crypto.api.OwnerKeys.Owned;
import org.tonekeep.tenant.api.TenantId;

/**
 * Removes keys whose owner never came to be: a sign-up that died between the key and the row. Each
 * doubt keeps the key. It goes only when it is a day old, every kind of owners that was ever known
 * is there and disowns it twice, an hour of the machine's own ticks apart (a clock may jump), and
 * at most half of the tenant's keys are in that case: beside an empty or foreign database all are.
 */
final class OrphanKeys {
  static final Duration AGE = Duration.ofHours(24);
  static final Duration TWICE = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(OrphanKeys.class);
  private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,31}");
  private static final int PAGE = 1000;

  /**
   * More than these at once are no sign-ups that failed: rather an older database lies beside the
   * keys, and what it does not know is alive elsewhere.
   */
  private static final int FEW = 10;

  private static final int ONE_OF = 100;

  private final WrappedKeys wrapped;
  private final OwnerKeys owners;
  private final Clock clock;
  private final LongSupplier ticks;
  private final Map<String, Long> disowned = new ConcurrentHashMap<>();
  private final Set<String> remembered = new HashSet<>();
  private volatile String refusal = "";

  OrphanKeys(WrappedKeys wrapped, OwnerKeys owners, Clock clock) {
    this(wrapped, owners, clock, System::nanoTime);
  }

  OrphanKeys(WrappedKeys wrapped, OwnerKeys owners, Clock clock, LongSupplier ticks) {
    this.wrapped = wrapped;
    this.owners = owners;
    this.clock = clock;
    this.ticks = ticks;
  }

  /** Remembers the kinds that are there; called often, for a bundle may be there but shortly. */
  void remember(List<KeyOwners> present) {
    for (KeyOwners one : present) {
      String kind = one.kind();
      if (!KIND.matcher(kind).matches()) {
        throw new IllegalArgumentException("A kind of owners is 1 to 32 of a-z and '-'");
      }
      if (!remembered.contains(kind)) {
        wrapped.ledger().addKind(kind);
        remembered.add(kind);
      }
    }
  }

  /**
   * Sweeps all tenants.
   *
   * @return how many keys were destroyed
   */
  int sweep(List<KeyOwners> present) {
    remember(present);
    Set<String> absent = new TreeSet<>(wrapped.ledger().kinds());
    absent.removeAll(present.stream().map(KeyOwners::kind).collect(Collectors.toSet()));
    if (!absent.isEmpty() || present.isEmpty()) {
      disowned.clear();
      refusal = said(refusal, "No keys are swept: who knows their owners is absent " + absent);
      return 0;
    }
    String before = refusal;
    refusal = "";
    int destroyed = 0;
    Set<String> still = new HashSet<>();
    for (TenantId tenant : wrapped.tenants()) {
      destroyed += sweep(tenant, present, still, before);
    }
    disowned.keySet().retainAll(still);
    return destroyed;
  }

  private int sweep(TenantId tenant, List<KeyOwners> present, Set<String> still, String before) {
    List<String> orphans = new ArrayList<>();
    long all = 0;
    List<Owned> page = owners.list(tenant, "", PAGE);
    while (!page.isEmpty()) {
      all += page.size();
      for (Owned owned : page) {
        boolean old = clock.millis() - owned.createdMillis() >= AGE.toMillis();
        if (old && present.stream().noneMatch(kind -> kind.owns(tenant, owned.owner()))) {
          orphans.add(owned.owner());
        }
      }
      page = owners.list(tenant, page.get(page.size() - 1).owner(), PAGE);
    }
    if (orphans.size() * 2L > all || orphans.size() > Math.max(FEW, all / ONE_OF)) {
      refusal =
          said(
              before,
              "%d of %d keys of %s have no owner: none is destroyed. Is it the keys' own database?"
                  .formatted(orphans.size(), all, tenant));
      return 0;
    }
    int destroyed = 0;
    for (String orphan : orphans) {
      String name = tenant + "/" + orphan;
      long now = ticks.getAsLong();
      Long first = disowned.putIfAbsent(name, now);
      if (first != null && now - first >= TWICE.toNanos()) {
        owners.destroy(tenant, orphan);
        destroyed++;
      } else {
        boolean unused = still.add(name);
      }
    }
    if (destroyed > 0) {
      LOG.info("Destroyed {} keys of {} whose owners never came to be", destroyed, tenant);
    }
    return destroyed;
  }

  /** Why the last sweep left keys alone that it would have destroyed, for the operator. */
  Optional<String> refusal() {
    return refusal.isEmpty() ? Optional.empty() : Optional.of(refusal);
  }

  private static String said(String before, String words) {
    if (!words.equals(before)) {
      LOG.warn(words);
    }
    return words;
  }
}
