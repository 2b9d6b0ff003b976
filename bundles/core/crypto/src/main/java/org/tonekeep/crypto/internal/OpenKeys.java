package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tonekeep.crypto.api.DailySecret;
import org.tonekeep.crypto.api.KeyOwners;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/** The services over one root key and one place of wrapped keys. */
final class OpenKeys {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  private final WrappedKeys wrapped;
  private final TenantKeyRing ring;
  private final WrappedOwnerKeys owners;
  private final DaySecret day;
  private final OrphanKeys orphans;
  private final Rotation rotation;
  private long seconds;

  private OpenKeys(RootKey root, WrappedKeys wrapped, Days days, Path data, Clock clock)
      throws IOException {
    TenantKeys tenants =
        new TenantKeys(
            wrapped, root.wrapping(), clock, new KnownTenants(data.resolve("keys.tenants"), root));
    this.wrapped = wrapped;
    this.ring = new TenantKeyRing(root, tenants);
    this.owners = new WrappedOwnerKeys(wrapped, tenants, clock);
    this.day = new DaySecret(days, clock);
    this.orphans = new OrphanKeys(wrapped, owners, clock);
    this.rotation = new Rotation(wrapped, tenants);
    day.tick();
  }

  static OpenKeys in(KeyPlace place, RootKey root, Path data, Clock clock) throws IOException {
    WrappedKeys wrapped = place.open(root);
    return new OpenKeys(root, wrapped, place.days(root), data, clock);
  }

  KeyRing ring() {
    return ring;
  }

  WrappedOwnerKeys owners() {
    return owners;
  }

  DailySecret day() {
    return day;
  }

  WrappedKeys wrapped() {
    return wrapped;
  }

  Rotation rotation() {
    return rotation;
  }

  /** The versions of a tenant's key. */
  List<KeyDesk.Version> versions(TenantId tenant) {
    List<WrappedKey> keys = wrapped.tenantKeys(tenant);
    List<KeyDesk.Version> versions = new ArrayList<>();
    rotation
        .counts(tenant)
        .forEach(
            (version, count) ->
                versions.add(
                    new KeyDesk.Version(
                        tenant,
                        version,
                        version > keys.size()
                            ? Optional.empty()
                            : Optional.of(
                                Instant.ofEpochMilli(keys.get(version - 1).createdMillis())),
                        count)));
    return versions;
  }

  /**
   * Destroys and forgets what is over, looks whether the keys are still there; called once a
   * second.
   *
   * @throws KeysUnavailableException when they are not; the next call tries again
   */
  void tick(List<KeyOwners> known) {
    seconds++;
    owners.forgetOld();
    day.tick();
    if (seconds % 5 == 0) {
      wrapped.ledger().check();
    }
    orphans.remember(known);
    if (seconds % MINUTE == 0) {
      day.refresh();
    }
    if (seconds % HOUR == 0) {
      int unused = orphans.sweep(known);
    }
  }

  /** What the operator should know although all is well. */
  Optional<String> remark() {
    return orphans.refusal();
  }

  /** Takes keys out of memory. */
  void forget() {
    day.forget();
    owners.forgetAll();
  }
}
