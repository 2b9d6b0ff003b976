package org.tonekeep.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.Peer;
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
  private final KnownPairs known;
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
      @Reference KnownPairs known,
      @Reference Limits limits,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.credentials = credentials;
    this.hasher = hasher;
    this.queue = queue;
    this.known = known;
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
   * @throws ProblemException 429 {@code busy}
   */
  Credential hash(TenantId tenant, String password, Turn turn) {
    int cost = cost(tenant);
    return queue.run(turn, () -> hasher.hash(tenant, password, cost));
  }

  /**
   * Hashes the password of a sign-up, so that another one of the same address and password has the
   * same hash.
   *
   * @param subject the address in its normal form
   * @throws ProblemException 429 {@code busy}
   */
  Credential hashAgain(TenantId tenant, String subject, String password, Turn turn) {
    int cost = cost(tenant);
    return queue.run(turn, () -> hasher.hashAgain(tenant, subject, password, cost));
  }

  /** In whose name somebody hashes who typed an address. */
  private Turn turn(TenantId tenant, String subject, Peer peer) {
    String pair = known.pair(tenant, subject, peer);
    Turn stranger = Turn.stranger(peer);
    return known.contain(tenant, pair) ? stranger.known(pair) : stranger;
  }

  /**
   * Lets a try begin: before the database is asked, so that a flood costs little more than its
   * refusal.
   *
   * @param subject the name that was typed, in its normal form: its tries are counted
   * @throws ProblemException 429 {@code busy} or {@code too-many-attempts}
   */
  Turn admit(TenantId tenant, String subject, Peer peer) {
    return admit(tenant, subject, turn(tenant, subject, peer));
  }

  /** As above, of the caller's own account. */
  Turn admitOwner(TenantId tenant, String subject, Peer peer) {
    return admit(tenant, subject, turn(tenant, subject, peer).signedIn());
  }

  /**
   * As above, where no more is known of the other end.
   *
   * @param network see {@link Peer#limitKey}
   */
  Turn admitOwner(TenantId tenant, String subject, String network) {
    return admit(tenant, subject, new Turn(List.of(network), true, network));
  }

  private Turn admit(TenantId tenant, String subject, Turn turn) {
    queue.requireRoom(turn);
    limits.take(tenant, LimitedAct.LOGIN, subject, turn.limit());
    return turn;
  }

  /**
   * Verifies a password, after {@link #admit}. For somebody unknown the same queries and the same
   * hashing are done, and for whoever has not confirmed the address as for a wrong password.
   *
   * @throws ProblemException 429 {@code busy}
   */
  Verified verify(TenantId tenant, Optional<Account> account, String password, Turn turn) {
    Optional<Credential> stored = credentials.find(tenant, account.map(Account::id).orElse(nobody));
    int wanted = cost(tenant);
    int work = Math.max(wanted, dearest(tenant));
    boolean open = account.filter(a -> a.state() != AccountState.PENDING).isPresent();
    return queue.run(
        turn,
        () -> {
          boolean right = hasher.verify(tenant, password, stored, work);
          if (right && !open) {
            hasher.fill(tenant, password, stored, work);
          }
          Optional<Credential> stronger =
              stored
                  .filter(credential -> right && open && PasswordHasher.isWeak(credential, wanted))
                  .map(weak -> hasher.hash(tenant, password, wanted));
          return new Verified(right, stored, stronger);
        });
  }

  /** Gives the tries back, once everything is proven, and knows the network from now on. */
  void succeeded(Account account, Turn turn, Peer peer) {
    TenantId tenant = account.tenant();
    String subject = AuthService.typed(account.email());
    succeeded(tenant, subject, turn);
    known.note(tenant, account.id(), known.pair(tenant, subject, peer), peer);
  }

  /** Gives the tries back. */
  void succeeded(TenantId tenant, String subject, Turn turn) {
    limits.succeeded(tenant, LimitedAct.LOGIN, subject, turn.limit());
  }

  /** Forgets from where the account was signed in to. Joins the running transaction. */
  void forgetNetworks(Account account) {
    known.forget(account.tenant(), account.id());
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
