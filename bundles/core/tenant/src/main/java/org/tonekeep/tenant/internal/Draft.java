package org.tonekeep.tenant.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tonekeep.tenant.api.TenantId;

/** One tenant while it is decided what comes into force for it. */
final class Draft {
  private final TenantId id;
  private final Declared declared;
  private final @Nullable TenantValues lastGood;
  private final TenantFileParser.@Nullable Parsed parsed;
  private final List<Problem> problems = new ArrayList<>();
  private boolean accepted;
  private boolean serving;

  Draft(
      TenantId id, @Nullable TenantFile file, @Nullable TenantValues lastGood, Declared declared) {
    this.id = id;
    this.declared = declared;
    this.lastGood = lastGood;
    if (file == null) {
      this.parsed = null;
      problem("file", "has vanished; the tenant is suspended until it is back");
      return;
    }
    this.parsed = TenantFileParser.parse(file, lastGood, declared);
    if (parsed.problems().isEmpty()) {
      this.accepted = true;
      this.serving = true;
    } else {
      problems.addAll(parsed.problems());
      fallBack();
    }
  }

  List<HostClaims.Claim> claims() {
    TenantValues inForce = values();
    if (!serving || inForce == null) {
      return List.of();
    }
    List<String> before = lastGood == null ? List.of() : lastGood.hosts();
    return inForce.hosts().stream()
        .map(h -> new HostClaims.Claim(id, h, strength(before.contains(h))))
        .toList();
  }

  /** Another tenant has one of the hosts: the file is refused, or the last good state suspended. */
  void giveWay(HostClaims.Lost lost) {
    problem(
        TenantValues.HOSTS,
        "'" + lost.claim().host() + "' belongs to tenant '" + lost.owner() + "'");
    if (accepted) {
      fallBack();
    } else {
      serving = false;
    }
  }

  Status toStatus() {
    TenantValues inForce = values();
    Set<String> bad =
        accepted || inForce == null
            ? Set.of()
            : TenantFileParser.badValues(inForce, declared).keySet();
    return new Status(
        id,
        accepted,
        Optional.ofNullable(inForce).map(v -> v.toTenant(id, !serving, bad)),
        Optional.ofNullable(inForce),
        List.copyOf(problems),
        inactive());
  }

  /**
   * The last good state serves, unless a bundle refuses one of its values by now: then neither the
   * file nor what was before tells what was promised, and the tenant is suspended.
   */
  private void fallBack() {
    accepted = false;
    if (lastGood == null) {
      serving = false;
      return;
    }
    Map<String, String> bad = TenantFileParser.badValues(lastGood, declared);
    bad.forEach((key, reason) -> problem(key, "is not valid in the last good state: " + reason));
    serving = bad.isEmpty();
  }

  private @Nullable TenantValues values() {
    return accepted && parsed != null ? parsed.values() : lastGood;
  }

  private HostClaims.Strength strength(boolean before) {
    if (!accepted) {
      return HostClaims.Strength.LAST_GOOD;
    }
    return before ? HostClaims.Strength.KEPT : HostClaims.Strength.NEW;
  }

  private List<String> inactive() {
    if (parsed != null && (accepted || lastGood == null)) {
      return parsed.inactive();
    }
    if (lastGood == null) {
      return List.of();
    }
    return lastGood.text().keySet().stream()
        .filter(k -> k.contains(".") && !declared.keys().containsKey(k))
        .toList();
  }

  private void problem(String key, String reason) {
    problems.add(new Problem(TenantFolder.nameOf(id), key, reason));
  }
}
