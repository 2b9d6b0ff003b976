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

  private final Accounts accounts;
  private final CredentialStore credentials;
  private final Passwords passwords;
  private final PasswordRules rules;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final Confirmations confirmations;
  private final Failures failures;
  private final Notices notices;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public AuthService(
      @Reference Accounts accounts,
      @Reference CredentialStore credentials,
      @Reference Passwords passwords,
      @Reference PasswordRules rules,
      @Reference SecondFactors factors,
      @Reference Sessions sessions,
      @Reference Confirmations confirmations,
      @Reference Failures failures,
      @Reference Notices notices,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.passwords = passwords;
    this.rules = rules;
    this.factors = factors;
    this.sessions = sessions;
    this.confirmations = confirmations;
    this.failures = failures;
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
   * @throws ProblemException 401 {@code bad-credentials} or {@code totp-required}, 403 {@code
   *     suspended} or {@code unconfirmed} (after the right password only), 429 {@code busy} or
   *     {@code too-many-attempts}
   */
  public SignedIn logIn(
      TenantId tenant, Optional<Caller> previous, String email, Proof proof, Peer peer) {
    String subject = typed(email);
    passwords.admit(tenant, subject, peer.limitKey());
    Optional<Account> account = accounts.findByEmail(tenant, email);
    Verified verified = passwords.verify(tenant, account, proof.password(), peer.limitKey());
    if (!verified.right() || account.isEmpty()) {
      failures.note(tenant, BEGIN, subject, account, WRONG, peer.tag());
      throw Refusals.badCredentials();
    }
    Account owner = account.get();
    requireUsable(owner, peer);
    SignedIn signedIn =
        noting(
            owner,
            BEGIN,
            peer,
            () -> {
              Account now = settled(owner, verified);
              factors.require(now, proof.code());
              previous.ifPresent(old -> sessions.end(tenant, old.account(), old.session()));
              audit.append(tenant, entry(now, BEGIN, peer).with("by", WRONG));
              return new SignedIn(now, sessions.begin(now, peer.agent()));
            });
    passwords.succeeded(tenant, subject, peer.limitKey());
    return signedIn;
  }

  /**
   * Notes that the caller has just proven to be the owner again.
   *
   * @throws ProblemException 401 {@code bad-credentials} or {@code totp-required}, 429
   */
  public void stepUp(Caller caller, Proof proof, Peer peer) {
    Account account = own(caller);
    String subject = typed(account.email());
    Verified verified = proven(account, proof.password(), PROVE, peer);
    boolean unused =
        noting(
            account,
            PROVE,
            peer,
            () -> {
              factors.require(settled(account, verified), proof.code());
              sessions.prove(caller);
              audit.append(caller.tenant(), entry(account, PROVE, peer));
              return true;
            });
    passwords.succeeded(caller.tenant(), subject, peer.limitKey());
  }

  /**
   * Sets a new password; a new epoch begins, in which only a new session of this browser is alive.
   *
   * @throws ProblemException 401 {@code bad-credentials} when {@code current} is wrong, 422 {@code
   *     invalid}, 429 {@code busy} or {@code too-many-attempts}
   */
  public Begun changePassword(Caller caller, String current, String next, Peer peer) {
    TenantId tenant = caller.tenant();
    Account account = own(caller);
    rules
        .problem(tenant, next, account.email(), account.profile())
        .ifPresent(
            problem -> {
              throw ProblemException.invalid(new FieldError("/new", problem));
            });
    Verified verified = proven(account, current, CHANGE, peer);
    Credential replacement = passwords.hash(tenant, next, peer.limitKey());
    Begun begun =
        tx.call(
            tenant,
            () -> {
              Account now = settled(account, verified);
              credentials.replace(tenant, now.id(), replacement);
              Begun rotated = renew(now, peer);
              audit.append(tenant, entry(now, CHANGE, peer));
              notices.send(tenant, AuthMails.passwordChanged(now));
              return rotated;
            });
    passwords.succeeded(tenant, typed(account.email()), peer.limitKey());
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

  private Verified proven(Account account, String password, String action, Peer peer) {
    passwords.admit(account.tenant(), typed(account.email()), peer.limitKey());
    Verified verified =
        passwords.verify(account.tenant(), Optional.of(account), password, peer.limitKey());
    if (!verified.right()) {
      failures.note(account, action, WRONG, peer.tag());
      throw Refusals.badCredentials();
    }
    return verified;
  }

  /** The account as it is in this transaction, if the verified password is still its own. */
  private Account settled(Account account, Verified verified) {
    if (!passwords.settle(account.tenant(), account.id(), verified)) {
      throw Refusals.badCredentials();
    }
    return accounts
        .find(account.tenant(), account.id())
        .filter(now -> now.state() == AccountState.ACTIVE)
        .orElseThrow(Refusals::badCredentials);
  }

  private void requireUsable(Account account, Peer peer) {
    if (account.state() == AccountState.SUSPENDED) {
      failures.note(account, BEGIN, "suspended", peer.tag());
      throw Refusals.suspended();
    }
    if (account.state() == AccountState.PENDING) {
      confirmations.resend(account);
      throw Refusals.unconfirmed();
    }
  }

  /** Works in a transaction; a wrong code is noted once that is undone. */
  private <T> T noting(
      Account account, String action, Peer peer, java.util.function.Supplier<T> work) {
    try {
      return tx.call(account.tenant(), work);
    } catch (ProblemException e) {
      if (e.code().equals("bad-credentials")) {
        failures.note(account, action, WRONG_CODE, peer.tag());
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
