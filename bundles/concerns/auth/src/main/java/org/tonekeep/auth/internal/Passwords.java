package org.tonekeep.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Hashes and verifies passwords: limited, in turns, and with the same work whoever is asked about.
 * Never called inside of a transaction: a hash takes a third of a second.
 */
@Component(service = Passwords.class)
public final class Passwords {
  private static final Duration DEAREST_AGE = Duration.ofMinutes(1);

  private record Dearest(int cost, Instant until) {}

  private final Tenants tenants;
  private final CredentialStore credentials;
  private final PasswordHasher hasher;
  private final HashingQueue queue;
  private final Limits limits;
  private final Clock clock;
  private final AccountId nobody;
  private final ConcurrentMap<TenantId, Dearest> dearest = new ConcurrentHashMap<>();

  @Activate
  public Passwords(
      @Reference Tenants tenants,
      @Reference CredentialStore credentials,
      @Reference PasswordHasher hasher,
      @Reference HashingQueue queue,
      @Reference Limits limits,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.credentials = credentials;
    this.hasher = hasher;
    this.queue = queue;
    this.limits = limits;
    this.clock = clock;
    this.nobody = new AccountId(Ids.next(clock));
  }

  /**
   * What a verification found.
   *
   * @param stored the credential that was compared with
   * @param stronger what to store in its place, when the tenant asks for more work by now
   */
  record Verified(boolean right, Optional<Credential> stored, Optional<Credential> stronger) {
    @Override
    public String toString() {
      return "Verified";
    }
  }

  /**
   * Hashes a new password.
   *
   * @param network see {@link org.tonekeep.rest.api.Peer#limitKey}
   * @throws ProblemException 429 {@code busy}
   */
  Credential hash(TenantId tenant, String password, String network) {
    int cost = cost(tenant);
    return queue.run(network, () -> hasher.hash(tenant, password, cost));
  }

  /**
   * Lets a try begin: before the database is asked, so that a flood costs little more than its
   * refusal.
   *
   * @param subject the name that was typed, in its normal form: its tries are counted
   * @throws ProblemException 429 {@code busy} or {@code too-many-attempts}
   */
  void admit(TenantId tenant, String subject, String network) {
    queue.requireRoom(network);
    limits.take(tenant, LimitedAct.LOGIN, subject, network);
  }

  /**
   * Verifies a password, after {@link #admit}. For somebody unknown the same queries and the same
   * hashing are done.
   *
   * @throws ProblemException 429 {@code busy}
   */
  Verified verify(TenantId tenant, Optional<Account> account, String password, String network) {
    Optional<Credential> stored = credentials.find(tenant, account.map(Account::id).orElse(nobody));
    int wanted = cost(tenant);
    int work = Math.max(wanted, dearest(tenant));
    return queue.run(
        network,
        () -> {
          boolean right = hasher.verify(tenant, password, stored, work);
          Optional<Credential> stronger =
              stored
                  .filter(credential -> right && PasswordHasher.isWeak(credential, wanted))
                  .map(weak -> hasher.hash(tenant, password, wanted));
          return new Verified(right, stored, stronger);
        });
  }

  /** Gives the tries back, once everything is proven. */
  void succeeded(TenantId tenant, String subject, String network) {
    limits.succeeded(tenant, LimitedAct.LOGIN, subject, network);
    queue.known(network);
  }

  /**
   * Stores what the verification asks for.
   *
   * @return false when another request changed the password while this one was hashing
   */
  boolean settle(TenantId tenant, AccountId id, Verified verified) {
    if (verified.stored().isEmpty() || !credentials.lock(tenant, id, verified.stored().get())) {
      return false;
    }
    verified.stronger().ifPresent(stronger -> credentials.replace(tenant, id, stronger));
    return true;
  }

  private int cost(TenantId tenant) {
    return tenants.require(tenant).get(AuthKeys.BCRYPT_COST);
  }

  /** Work of the dearest stored hash: where the tenant lowered the cost, old hashes cost more. */
  private int dearest(TenantId tenant) {
    Instant now = clock.instant();
    Dearest known = dearest.get(tenant);
    if (known == null || !now.isBefore(known.until())) {
      known = new Dearest(credentials.dearest(tenant), now.plus(DEAREST_AGE));
      dearest.put(tenant, known);
    }
    return known.cost();
  }
}
