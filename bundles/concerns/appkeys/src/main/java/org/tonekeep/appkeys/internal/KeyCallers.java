package org.tonekeep.appkeys.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.appkeys.internal.jpa.AppKeyStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.KeyAuthenticator;
import org.tonekeep.identity.api.LiveHolders;
import org.tonekeep.identity.api.Role;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;

/**
 * Turns a token into a caller. A look-up is remembered for less than a second, so that a revocation
 * acts within that on every node, and at once on the node that did it.
 */
@Component(
    service = {KeyCallers.class, KeyAuthenticator.class, LiveHolders.class},
    property = LiveHolders.KIND + "=" + Holder.KEY)
public final class KeyCallers implements KeyAuthenticator, LiveHolders {
  private static final Duration AGE = Duration.ofMillis(900);
  private static final int MOST = 10_000;

  /** What is remembered by the token's hash, never by the token. */
  private record Known(Caller caller, Instant until) {}

  private record Place(TenantId tenant, String tokenHash) {}

  private final Accounts accounts;
  private final AppKeyStore store;
  private final KeyTokens tokens;
  private final LastUsed lastUsed;
  private final Gate gate;
  private final Clock clock;
  private final ConcurrentMap<Place, Known> known = new ConcurrentHashMap<>();

  @Activate
  public KeyCallers(
      @Reference Accounts accounts,
      @Reference AppKeyStore store,
      @Reference KeyTokens tokens,
      @Reference LastUsed lastUsed,
      @Reference Gate gate,
      @Reference Clock clock) {
    this.accounts = accounts;
    this.store = store;
    this.tokens = tokens;
    this.lastUsed = lastUsed;
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> authenticate(TenantId tenant, String token) {
    Optional<String> id = tokens.idOf(tenant, token);
    // A key signs in at other concerns' paths, where the gate asks for those concerns only.
    if (id.isEmpty() || !gate.isOn(tenant, AppKeysFeature.ID)) {
      return Optional.empty();
    }
    String hash = KeyTokens.hash(token);
    Place place = new Place(tenant, hash);
    Instant now = clock.instant();
    Known found = known.get(place);
    if (found != null && now.isBefore(found.until())) {
      return Optional.of(found.caller());
    }
    Optional<Caller> caller =
        store
            .find(tenant, id.get())
            .filter(key -> same(key.tokenHash(), hash))
            .flatMap(key -> use(tenant, key, now));
    caller.ifPresent(c -> remember(place, new Known(c, now.plus(AGE)), now));
    return caller;
  }

  @Override
  public boolean isLive(TenantId tenant, Holder holder) {
    if (holder.account().isEmpty() || !gate.isOn(tenant, AppKeysFeature.ID)) {
      return false;
    }
    Place place = new Place(tenant, holder.id()); // a key's id looks like no token's hash
    Instant now = clock.instant();
    Known found = known.get(place);
    if (found == null || !now.isBefore(found.until())) {
      Optional<Caller> caller =
          store.find(tenant, holder.id()).flatMap(key -> use(tenant, key, now));
      if (caller.isEmpty()) {
        return false;
      }
      found = new Known(caller.get(), now.plus(AGE));
      remember(place, found, now);
    }
    return found.caller().account().equals(holder.account().get());
  }

  /** The caller that a key stands for, if it lives; notes that it was used. */
  Optional<Caller> use(TenantId tenant, AppKey key, Instant now) {
    boolean lives =
        accounts.find(tenant, key.account()).filter(owner -> key.lives(owner, now)).isPresent();
    if (!lives) {
      return Optional.empty();
    }
    lastUsed.note(tenant, key, now);
    // A key works for its owner's music: the powers of staff need a person with a session.
    return Optional.of(
        new Caller(tenant, key.account(), Set.of(Role.ARTIST), key.id(), key.scopes(), false));
  }

  private void remember(Place place, Known caller, Instant now) {
    if (known.size() >= MOST) {
      known.values().removeIf(k -> !now.isBefore(k.until()));
      if (known.size() >= MOST) {
        known.clear(); // a cache of a second is cheap to fill again
      }
    }
    known.put(place, caller);
  }

  void forget(TenantId tenant, AccountId account) {
    known
        .values()
        .removeIf(k -> k.caller().tenant().equals(tenant) && k.caller().account().equals(account));
  }

  private static boolean same(String one, String two) {
    return MessageDigest.isEqual(one.getBytes(US_ASCII), two.getBytes(US_ASCII));
  }
}
