package org.tonekeep.crypto.internal;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.tenant.api.TenantId;

/**
 * Owners' keys, each random and wrapped by its tenant's. Opened ones are kept for at most five
 * seconds, so that what another node destroyed is dead here soon; what is destroyed here is dead at
 * once, also for a call that is just reading it.
 */
final class WrappedOwnerKeys implements OwnerKeys {
  static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int CACHED = 10_000;
  private static final int LISTED = 1000;
  private static final Pattern OWNER = Pattern.compile("[0-9a-f-]{36}");

  private final WrappedKeys wrapped;
  private final TenantKeys tenants;
  private final Clock clock;
  private final ConcurrentMap<Who, Opened> cache = new ConcurrentHashMap<>();

  WrappedOwnerKeys(WrappedKeys wrapped, TenantKeys tenants, Clock clock) {
    this.wrapped = wrapped;
    this.tenants = tenants;
    this.clock = clock;
  }

  @Override
  public void create(TenantId tenant, String owner) {
    Who who = new Who(tenant, owner);
    WrappedKey key =
        WrappedKey.wrap(tenants.wrapping(tenant), tenant, who.owner, clock.millis(), Gcm.newKey());
    if (!wrapped.addOwnerKey(tenant, owner, key)) {
      throw new IllegalStateException("The owner's key was destroyed: ids are not used twice");
    }
  }

  @Override
  public boolean exists(TenantId tenant, String owner) {
    Who who = new Who(tenant, owner);
    return wrapped.ownerKey(tenant, who.owner).isPresent();
  }

  @Override
  public void destroy(TenantId tenant, String owner) {
    // Under the entry's lock: a reader that found the key before cannot put it back after.
    Opened unused =
        cache.compute(
            new Who(tenant, owner),
            (who, opened) -> {
              wrapped.destroyOwnerKey(tenant, owner);
              return null;
            });
  }

  @Override
  public List<Owned> list(TenantId tenant, String after, int limit) {
    return wrapped.owners(tenant, after, Math.max(1, Math.min(limit, LISTED)));
  }

  @Override
  public byte[] seal(TenantId tenant, String owner, String use, byte[] plain) {
    return Gcm.seal(key(new Who(tenant, owner)), about(tenant, owner, use), plain);
  }

  @Override
  public byte[] open(TenantId tenant, String owner, String use, byte[] sealed) {
    return Gcm.open(key(new Who(tenant, owner)), about(tenant, owner, use), sealed);
  }

  private static byte[] about(TenantId tenant, String owner, String use) {
    return Gcm.about("owner", tenant.value(), owner, use);
  }

  private SecretKey key(Who who) {
    Opened opened = cache.get(who);
    if (opened == null || opened.isOld()) {
      makeRoom();
      opened = cache.compute(who, (w, found) -> found == null || found.isOld() ? load(w) : found);
    }
    if (opened == null) {
      throw new NoOwnerKeyException();
    }
    return opened.key;
  }

  private @Nullable Opened load(Who who) {
    long now = System.nanoTime();
    return wrapped
        .ownerKey(who.tenant, who.owner)
        .map(
            key ->
                new Opened(
                    Gcm.key(key.unwrap(tenants.wrapping(who.tenant), who.tenant, who.owner)), now))
        .orElse(null);
  }

  private void makeRoom() {
    if (cache.size() >= CACHED) {
      cache.values().removeIf(Opened::isOld);
      if (cache.size() >= CACHED) {
        cache.clear();
      }
    }
  }

  /** Forgets keys that are too old to be used; they are no longer in memory then. */
  void forgetOld() {
    cache.values().removeIf(Opened::isOld);
  }

  /** Forgets all. */
  void forgetAll() {
    cache.clear();
  }

  private record Who(TenantId tenant, String owner) {
    Who {
      if (!OWNER.matcher(owner).matches()) {
        throw new IllegalArgumentException("An owner is 36 of 0-9, a-f and '-'");
      }
    }
  }

  /** By the machine's own ticks: a clock that is set back must not lengthen a key's life. */
  private record Opened(SecretKey key, long nanos) {
    boolean isOld() {
      return System.nanoTime() - nanos >= KEPT_NANOS;
    }
  }
}
