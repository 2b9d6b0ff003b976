package org.tonekeep.crypto.internal;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.tenant.api.TenantId;

/**
 * Owners' keys, each random and wrapped by its tenant's. Opened ones are kept for at most five
 * seconds, so that what another node destroyed is dead here soon; what is destroyed here is dead at
 * once, also for a call that is just reading it. Ephemeral ones are here and nowhere else.
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
  private final ConcurrentMap<Who, EphemeralKey> ephemeral = new ConcurrentHashMap<>();

  WrappedOwnerKeys(WrappedKeys wrapped, TenantKeys tenants, Clock clock) {
    this.wrapped = wrapped;
    this.tenants = tenants;
    this.clock = clock;
  }

  @Override
  public void create(TenantId tenant, String owner) {
    Who who = new Who(tenant, owner);
    if (ephemeral.containsKey(who)) {
      throw new IllegalStateException("The owner's key is an ephemeral one");
    }
    int version = tenants.newest(tenant);
    WrappedKey key =
        WrappedKey.ofOwner(
            tenants.wrapping(tenant, version),
            version,
            tenant,
            who.owner,
            clock.millis(),
            Gcm.newKey());
    if (!wrapped.addOwnerKey(tenant, owner, key)) {
      throw new IllegalStateException("The owner's key was destroyed: ids are not used twice");
    }
  }

  @Override
  public void createEphemeral(TenantId tenant, String owner) {
    EphemeralKey unused =
        ephemeral.computeIfAbsent(
            new Who(tenant, owner),
            who -> {
              if (wrapped.ownerKey(tenant, owner).isPresent()
                  || wrapped.isDestroyed(tenant, owner)) {
                throw new IllegalStateException("The owner has or had a key that is kept");
              }
              return new EphemeralKey(Gcm.newKey());
            });
  }

  @Override
  public boolean exists(TenantId tenant, String owner) {
    Who who = new Who(tenant, owner);
    return ephemeral.containsKey(who) || wrapped.ownerKey(tenant, who.owner).isPresent();
  }

  @Override
  public void destroy(TenantId tenant, String owner) {
    EphemeralKey gone = ephemeral.remove(new Who(tenant, owner));
    if (gone != null) {
      // Nothing was ever written of it, so nothing is now.
      gone.destroy();
      return;
    }
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
    return with(tenant, owner, key -> Gcm.seal(key, about(tenant, owner, use), plain));
  }

  @Override
  public byte[] open(TenantId tenant, String owner, String use, byte[] sealed) {
    return with(tenant, owner, key -> Gcm.open(key, about(tenant, owner, use), sealed));
  }

  private byte[] with(TenantId tenant, String owner, Function<SecretKey, byte[]> work) {
    SecretKey key = key(new Who(tenant, owner));
    try {
      return work.apply(key);
    } catch (IllegalStateException e) {
      if (!key.isDestroyed()) {
        throw e;
      }
      NoOwnerKeyException none = new NoOwnerKeyException();
      none.initCause(e);
      throw none;
    }
  }

  private static byte[] about(TenantId tenant, String owner, String use) {
    return Gcm.about("owner", tenant.value(), owner, use);
  }

  private SecretKey key(Who who) {
    EphemeralKey inMemory = ephemeral.get(who);
    if (inMemory != null) {
      return inMemory;
    }
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
                    Gcm.key(
                        key.ownerKey(
                            tenants.wrapping(who.tenant, key.version()), who.tenant, who.owner)),
                    now))
        .orElse(null);
  }

  /** How many ephemeral keys the tenant has on this node. */
  long ephemeral(TenantId tenant) {
    return ephemeral.keySet().stream().filter(who -> who.tenant.equals(tenant)).count();
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

  /** Forgets all, and with it for ever what is ephemeral. */
  void forgetAll() {
    cache.clear();
    ephemeral.values().forEach(EphemeralKey::destroy);
    ephemeral.clear();
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
