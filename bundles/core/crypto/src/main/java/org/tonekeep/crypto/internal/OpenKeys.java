package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.tonekeep.crypto.api.DailySecret;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.crypto.api.OwnerKeys;

/** The services over one root key and one place of wrapped keys. */
final class OpenKeys {
  private final TenantKeyRing ring;
  private final WrappedOwnerKeys owners;
  private final DaySecret day;

  OpenKeys(RootKey root, WrappedKeys wrapped, Days days, Path data, Clock clock)
      throws IOException {
    TenantKeys tenants =
        new TenantKeys(
            wrapped, root.wrapping(), clock, new KnownTenants(data.resolve("keys.tenants"), root));
    this.ring = new TenantKeyRing(root, tenants);
    this.owners = new WrappedOwnerKeys(wrapped, tenants, clock);
    this.day = new DaySecret(days, clock);
    wrapped.clean();
    day.tick();
  }

  /** Over files in the folder of keys. */
  static OpenKeys inFiles(RootKey root, Path keys, Path data, Clock clock) throws IOException {
    Marks graves = new Marks(keys.resolve("destroyed"), data.resolve("keys.destroyed"));
    return new OpenKeys(
        root, new FileKeys(keys, graves, root::mark), new FileDays(keys), data, clock);
  }

  KeyRing ring() {
    return ring;
  }

  OwnerKeys owners() {
    return owners;
  }

  DailySecret day() {
    return day;
  }

  /** Destroys and forgets what is over; called often. */
  void tick() {
    day.tick();
    owners.forgetOld();
  }
}
