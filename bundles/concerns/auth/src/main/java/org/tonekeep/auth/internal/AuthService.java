package org.tonekeep.auth.internal;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.auth.internal.Passwords.Verified;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.EmailAddress;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Signs in, asks for a proof again and changes passwords. Hashes first, then writes in one short
 * transaction.
 */
@Component(service = AuthService.class)
public final class AuthService {
  private static final String BEGIN = "session.begin";
  private static final String PROVE = "session.prove";
  private static final String CHANGE = "password.change";
  private static final String WRONG = "password";
  private static final String WRONG_CODE = "code";

  private final Tenants tenants;
  private final Accounts accounts;
  private final CredentialStore credentials;
  private final Passwords passwords;
  private final PasswordRules rules;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final Confirmations confirmations;
  private final Failures failures;
  private final Guesses guesses;
  private final Notices notices;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public AuthService(
      @Reference Tenants tenants,
      @Reference Accounts accounts,
      @Reference CredentialStore credentials,
      @Reference Passwords passwords,
      @Reference PasswordRules rules,
      @Reference SecondFactors factors,
      @Reference Sessions sessions,
      @Reference Confirmations confirmations,
      @Reference Failures failures,
      @Reference Guesses guesses,
      @Reference Notices notices,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.credentials = credentials;
    this.passwords = passwords;
    this.rules = rules;
    this.factors = factors;
    this.sessions = sessions;
    this.confirmations = confirmations;
    this.failures = failures;
    this.guesses = guesses;
    this.notices = notices;
    this.audit = audit;
    this.tx = tx;
  }

  /** An account with the session that has just begun for it. */
  public record SignedIn(Account account, Begun session) {}

  /**
   * What somebody typed to prove who he is.
   *
   * @param code of the second factor; empty when none was typed
   */
  public record Proof(String password, String code) {
    @Override
    public String toString() {
      return "Proof";
    }
  }

  /**
   * Begins a session for the owner of the password.
   *
   * @param previous the session of the same browser, which ends
   * @throws ProblemException 401 {@code bad-credentials} (also while the address waits for its
   *     confirmation) or {@code totp-required}, 403 {@code suspended} (after the right password
   *     only), 429 {@code busy} or {@code too-many-attempts}
   */
  public SignedIn logIn(
      TenantId tenant, Optional<Caller> previous, String email, Proof proof, Peer peer) {
    String subject = typed(email);
    Turn turn = passwords.admit(tenant, subject, peer);
    Optional<Account> account = accounts.findByEmail(tenant, email);
    Verified verified = passwords.verify(tenant, account, proof.password(), turn);
    boolean pending = account.filter(a -> a.state() == AccountState.PENDING).isPresent();
    if (!verified.right() || account.isEmpty() || pending) {
      if (verified.right() && pending) {
        confirmations.resendLater(account.get());
      }
      failures.note(tenant, BEGIN, subject, account, WRONG, peer.tag());
      account.filter(a -> !turn.known()).ifPresent(guesses::note);
      throw badCredentials(tenant);
    }
    Account owner = account.get();
    if (owner.state() == AccountState.SUSPENDED) {
      failures.note(owner, BEGIN, "suspended", peer.tag());
      throw Refusals.suspended();
    }
    SignedIn signedIn =
        noting(
            owner,
            BEGIN,
            turn,
            peer,
            () -> {
              Account now = settled(owner, verified);
              requireCode(now, proof);
              previous.ifPresent(old -> sessions.end(tenant, old.account(), old.session()));
              audit.append(tenant, entry(now, BEGIN, peer).with("by", WRONG));
              return new SignedIn(now, sessions.begin(now, peer.agent()));
            });
    passwords.succeeded(owner, turn, peer);
    guesses.passed(owner, peer);
    return signedIn;
  }

  /**
   * Notes that the caller has just proven to be the owner again.
   *
   * @throws ProblemException 401 {@code bad-credentials} or {@code totp-required}, 429
   */
  public void stepUp(Caller caller, Proof proof, Peer peer) {
    Account account = own(caller);
    Turn turn = admitOwner(account, peer);
    Verified verified = proven(account, proof.password(), PROVE, turn, peer);
    boolean unused =
        noting(
            account,
            PROVE,
            turn,
            peer,
            () -> {
              requireCode(settled(account, verified), proof);
              sessions.prove(caller);
              audit.append(caller.tenant(), entry(account, PROVE, peer));
              return true;
            });
    passwords.succeeded(account, turn, peer);
  }

  /**
   * Sets a new password; a new epoch begins, in which only a new session of this browser is alive.
   *
   * @throws ProblemException 401 {@code bad-credentials} when {@code current} is wrong, 422 {@code
   *     invalid} (also when it is the same), 429 {@code busy} or {@code too-many-attempts}
   */
  public Begun changePassword(Caller caller, String current, String next, Peer peer) {
    TenantId tenant = caller.tenant();
    Account account = own(caller);
    rules.require("/new", account, next);
    if (next.equals(current)) {
      throw ProblemException.invalid(
          new FieldError("/new", "This is the current password; choose another"));
    }
    Turn turn = admitOwner(account, peer);
    Verified verified = proven(account, current, CHANGE, turn, peer);
    Credential replacement = passwords.hash(tenant, next, turn);
    Begun begun =
        tx.call(
            tenant,
            () -> {
              Account now = settled(account, verified);
              credentials.replace(tenant, now.id(), replacement);
              passwords.forgetNetworks(now);
              Begun rotated = renew(now, peer);
              audit.append(tenant, entry(now, CHANGE, peer));
              notices.send(tenant, AuthMails.passwordChanged(now));
              return rotated;
            });
    passwords.succeeded(account, turn, peer);
    return begun;
  }

  private Begun renew(Account account, Peer peer) {
    boolean known = accounts.beginEpoch(account.tenant(), account.id());
    Account now =
        accounts
            .find(account.tenant(), account.id())
            .filter(a -> known)
            .orElseThrow(ProblemException::notFound);
    sessions.endOthers(now.tenant(), now.id(), "");
    return sessions.begin(now, peer.agent());
  }

  private Account own(Caller caller) {
    return accounts.find(caller.tenant(), caller.account()).orElseThrow(ProblemException::notFound);
  }

  private Turn admitOwner(Account account, Peer peer) {
    return passwords.admitOwner(account.tenant(), typed(account.email()), peer);
  }

  private Verified proven(Account account, String password, String action, Turn turn, Peer peer) {
    Verified verified = passwords.verify(account.tenant(), Optional.of(account), password, turn);
    if (!verified.right()) {
      failures.note(account, action, WRONG, peer.tag());
      throw badCredentials(account.tenant());
    }
    return verified;
  }

  /** The account as it is in this transaction, if the verified password is still its own. */
  private Account settled(Account account, Verified verified) {
    if (!passwords.settle(account.tenant(), account.id(), verified)) {
      throw badCredentials(account.tenant());
    }
    return accounts
        .find(account.tenant(), account.id())
        .filter(now -> now.state() == AccountState.ACTIVE)
        .orElseThrow(() -> badCredentials(account.tenant()));
  }

  private void requireCode(Account account, Proof proof) {
    if (!factors.pass(account, proof.code())) {
      throw badCredentials(account.tenant());
    }
  }

  private ProblemException badCredentials(TenantId tenant) {
    return Refusals.badCredentials(tenants.require(tenant));
  }

  /** Works in a transaction; that no good code came is noted once that is undone. */
  private <T> T noting(
      Account account, String action, Turn turn, Peer peer, java.util.function.Supplier<T> work) {
    try {
      return tx.call(account.tenant(), work);
    } catch (ProblemException e) {
      String why =
          switch (e.code()) {
            case "bad-credentials" -> WRONG_CODE;
            case "totp-required" -> "factor-missing";
            case "too-many-attempts" -> "factor-limit";
            default -> throw e;
          };
      failures.note(account, action, why, peer.tag());
      if (!turn.known()) {
        guesses.halfway(account, peer);
        if (!why.equals("factor-missing")) { // the page asks for the code after the password
          guesses.note(account);
        }
      }
      throw e;
    }
  }

  private static AuditEntry entry(Account account, String action, Peer peer) {
    return AuditEntry.of(Actor.account(account.id()), action)
        .ownedBy(account.id())
        .from(peer.tag());
  }

  /** The form in which tries are counted: all that cannot be an address counts as one name. */
  static String typed(String email) {
    try {
      return new EmailAddress(email).normal();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
