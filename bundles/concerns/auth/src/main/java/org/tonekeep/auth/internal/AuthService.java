package org.tonekeep.auth.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.Sessions.Begun;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.DisplayName;
import org.tonekeep.identity.api.EmailAddress;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Signs up, signs in and changes passwords. Hashes first, then writes in one short transaction. */
@Component(service = AuthService.class)
public final class AuthService {
  private final Tenants tenants;
  private final Gate gate;
  private final Accounts accounts;
  private final CredentialStore credentials;
  private final Sessions sessions;
  private final PasswordHasher hasher;
  private final HashingQueue queue;
  private final LoginThrottle throttle;
  private final Tx tx;

  @Activate
  public AuthService(
      @Reference Tenants tenants,
      @Reference Gate gate,
      @Reference Accounts accounts,
      @Reference CredentialStore credentials,
      @Reference Sessions sessions,
      @Reference PasswordHasher hasher,
      @Reference HashingQueue queue,
      @Reference LoginThrottle throttle,
      @Reference Tx tx) {
    this.tenants = tenants;
    this.gate = gate;
    this.accounts = accounts;
    this.credentials = credentials;
    this.sessions = sessions;
    this.hasher = hasher;
    this.queue = queue;
    this.throttle = throttle;
    this.tx = tx;
  }

  /** An account with the session that has just begun for it. */
  public record SignedIn(Account account, Begun session) {}

  /**
   * Opens an account and a session.
   *
   * @param previous the session of the same browser, which ends
   * @throws EmailTakenException when the tenant has an account of that address
   * @throws ProblemException 403 {@code signup-closed}, 422 {@code invalid}, 429 {@code busy}
   */
  public SignedIn signUp(
      TenantId tenant,
      Optional<Caller> previous,
      @Nullable String email,
      @Nullable String password,
      @Nullable String displayName) {
    gate.requireKept(tenant, Act.INTAKE);
    if (!tenants.require(tenant).get(AuthKeys.SIGNUP).equals("open")) {
      throw ProblemException.of(
          403, "signup-closed", "Sign-up is closed", "New accounts are not opened here");
    }
    String address = email == null ? "" : email;
    String chosen = password == null ? "" : password;
    String name = displayName == null ? "" : displayName;
    requireValid(address, chosen, name);
    if (accounts.findByEmail(tenant, address).isPresent()) {
      throw new EmailTakenException(); // known without hashing; the database decides races
    }
    Credential credential = hash(tenant, chosen);
    return tx.call(
        tenant,
        () -> {
          Account account = accounts.create(tenant, address, name);
          credentials.insert(tenant, account.id(), credential);
          return begin(tenant, previous, account);
        });
  }

  /**
   * Begins a session for the owner of the password.
   *
   * @param peer network address of the browser or proxy, for slowing down guesses
   * @throws ProblemException 401 {@code bad-credentials}, 429 {@code busy} or {@code
   *     too-many-attempts}
   */
  public SignedIn logIn(
      TenantId tenant, Optional<Caller> previous, String email, String password, String peer) {
    String attempt = throttle.attempt(tenant, typed(email), peer);
    Optional<Account> account = accounts.findByEmail(tenant, email);
    Optional<Credential> stored = account.flatMap(a -> credentials.find(tenant, a.id()));
    Optional<Credential> fresh = verified(tenant, password, stored);
    SignedIn signedIn =
        tx.call(
            tenant,
            () -> {
              Account owner = account.orElseThrow(AuthService::badCredentials);
              requireUnchanged(tenant, owner.id(), stored);
              fresh.ifPresent(stronger -> credentials.replace(tenant, owner.id(), stronger));
              return begin(tenant, previous, owner);
            });
    throttle.succeeded(attempt);
    return signedIn;
  }

  /**
   * Sets a new password; every session of the account ends and a new one begins.
   *
   * @throws ProblemException 401 {@code bad-credentials} when {@code current} is wrong, 422 {@code
   *     invalid}, 429 {@code busy} or {@code too-many-attempts}
   */
  public Begun changePassword(Caller caller, String current, String next, String peer) {
    TenantId tenant = caller.tenant();
    AccountId id = caller.account();
    Account account = accounts.find(tenant, id).orElseThrow(ProblemException::notFound);
    PasswordRules.problem(next, account.email())
        .ifPresent(
            problem -> {
              throw ProblemException.invalid(new FieldError("/new", problem));
            });
    String attempt = throttle.attempt(tenant, id.value(), peer);
    Optional<Credential> stored = credentials.find(tenant, id);
    Object unused = verified(tenant, current, stored);
    Credential replacement = hash(tenant, next);
    Begun begun =
        tx.call(
            tenant,
            () -> {
              requireUnchanged(tenant, id, stored);
              credentials.replace(tenant, id, replacement);
              sessions.endOthers(tenant, id, "");
              return sessions.begin(tenant, id);
            });
    throttle.succeeded(attempt);
    return begun;
  }

  private SignedIn begin(TenantId tenant, Optional<Caller> previous, Account account) {
    previous.ifPresent(old -> sessions.end(tenant, old.account(), old.session()));
    return new SignedIn(account, sessions.begin(tenant, account.id()));
  }

  private Credential hash(TenantId tenant, String password) {
    int cost = cost(tenant);
    return queue.run(() -> hasher.hash(tenant, password, cost));
  }

  /**
   * Verifies the password.
   *
   * @return a stronger credential to store, when the stored one is weaker than the tenant asks
   * @throws ProblemException 401 {@code bad-credentials}
   */
  private Optional<Credential> verified(
      TenantId tenant, String password, Optional<Credential> stored) {
    int cost = cost(tenant);
    return queue.run(
        () -> {
          if (!hasher.verify(tenant, password, stored, cost)) {
            throw badCredentials();
          }
          return stored
              .filter(credential -> PasswordHasher.isWeak(credential, cost))
              .map(weak -> hasher.hash(tenant, password, cost));
        });
  }

  /** Another request may have changed the password while this one was hashing. */
  private void requireUnchanged(TenantId tenant, AccountId id, Optional<Credential> verified) {
    if (verified.isEmpty() || !credentials.lock(tenant, id, verified.get())) {
      throw badCredentials();
    }
  }

  private int cost(TenantId tenant) {
    return tenants.require(tenant).get(AuthKeys.BCRYPT_COST);
  }

  private static void requireValid(String email, String password, String displayName) {
    List<FieldError> errors = new ArrayList<>();
    check(errors, "/email", () -> new EmailAddress(email));
    PasswordRules.problem(password, email)
        .ifPresent(problem -> errors.add(new FieldError("/password", problem)));
    check(errors, "/displayName", () -> new DisplayName(displayName));
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors.toArray(FieldError[]::new));
    }
  }

  private static void check(
      List<FieldError> errors, String pointer, java.util.function.Supplier<?> value) {
    try {
      Object unused = value.get();
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError(pointer, String.valueOf(e.getMessage())));
    }
  }

  private static String typed(String email) {
    try {
      return new EmailAddress(email).normal();
    } catch (IllegalArgumentException e) {
      return ""; // all that cannot be an address counts as one name
    }
  }

  private static ProblemException badCredentials() {
    return ProblemException.of(
        401, "bad-credentials", "Wrong e-mail or password", "The e-mail or password is wrong");
  }
}
