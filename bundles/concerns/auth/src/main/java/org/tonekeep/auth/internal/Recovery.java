package org.tonekeep.auth.internal;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.auth.internal.MailTokens.Good;
import org.tonekeep.auth.internal.Requests.Asked;
import org.tonekeep.auth.internal.Requests.Want;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/** Gives an owner who forgot the password a new one, by a mail to the address. */
@Component(service = Recovery.class)
public final class Recovery {
  private final Accounts accounts;
  private final CredentialStore credentials;
  private final Passwords passwords;
  private final PasswordRules rules;
  private final MailTokens tokens;
  private final Confirmations confirmations;
  private final Sessions sessions;
  private final Requests requests;
  private final Limits limits;
  private final Mails mails;
  private final Notices notices;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public Recovery(
      @Reference Accounts accounts,
      @Reference CredentialStore credentials,
      @Reference Passwords passwords,
      @Reference PasswordRules rules,
      @Reference MailTokens tokens,
      @Reference Confirmations confirmations,
      @Reference Sessions sessions,
      @Reference Requests requests,
      @Reference Limits limits,
      @Reference Mails mails,
      @Reference Notices notices,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.passwords = passwords;
    this.rules = rules;
    this.tokens = tokens;
    this.confirmations = confirmations;
    this.sessions = sessions;
    this.requests = requests;
    this.limits = limits;
    this.mails = mails;
    this.notices = notices;
    this.audit = audit;
    this.tx = tx;
  }

  /**
   * Asks for a new password. The same is done here whoever is asked about; a job does the rest.
   *
   * @throws ProblemException 429 {@code too-many-attempts}
   */
  public void forgot(TenantId tenant, String email, Peer peer) {
    String address = AuthService.typed(email);
    limits.take(tenant, LimitedAct.RESET, address, peer.limitKey());
    requests.submit(tenant, new Asked(Want.PASSWORD, List.of(address, peer.tag())));
  }

  /** The job's part of {@link #forgot}: a link, for an account in use. */
  void start(TenantId tenant, List<String> words) {
    Optional<Account> account = accounts.findByEmail(tenant, words.get(0));
    if (account.isEmpty() || account.get().state() == AccountState.SUSPENDED) {
      return;
    }
    Account owner = account.get();
    if (owner.state() == AccountState.PENDING) {
      confirmations.resend(owner); // the address comes first
      return;
    }
    audit.append(
        tenant,
        AuditEntry.of(Actor.stranger(), "password.forgot").ownedBy(owner.id()).from(words.get(1)));
    tokens
        .issue(owner, TokenKind.RESET, "")
        .ifPresent(token -> mails.send(tenant, AuthMails.reset(owner, token)));
  }

  /**
   * Sets the password of the link's account. A new epoch begins: every session, app key and link is
   * dead. A password that cannot be chosen costs no try, and the link stays good. Nobody is signed
   * in by it, so that a second factor stays needed.
   *
   * @throws ProblemException 400 {@code bad-token}, 422 {@code invalid}, 429 {@code busy} or {@code
   *     too-many-attempts}
   */
  public void reset(TenantId tenant, String token, String password, Peer peer) {
    Optional<Good> found = tokens.find(tenant, token, TokenKind.RESET).filter(Recovery::open);
    found.ifPresent(good -> rules.require("/password", good.account(), password));
    if (found.isEmpty()) {
      // A good link passes whatever strangers have tried: only a bad one is counted.
      limits.take(tenant, LimitedAct.RESET, "", peer.limitKey());
      throw Refusals.badToken();
    }
    Account account = found.get().account();
    Credential credential = passwords.hash(tenant, password, Turn.stranger(peer));
    tx.run(
        tenant,
        () -> {
          credentials.lock(tenant, account.id());
          Account owner =
              tokens
                  .redeem(tenant, token, TokenKind.RESET)
                  .filter(Recovery::open)
                  .orElseThrow(Refusals::badToken)
                  .account();
          requireNext(owner, accounts.beginEpoch(tenant, owner.id()));
          credentials.put(tenant, owner.id(), credential);
          sessions.endOthers(tenant, owner.id(), "");
          passwords.forgetNetworks(owner);
          audit.append(
              tenant,
              AuditEntry.of(Actor.account(owner.id()), "password.reset")
                  .ownedBy(owner.id())
                  .from(peer.tag()));
          notices.send(tenant, AuthMails.passwordChanged(owner));
        });
  }

  private static boolean open(Good good) {
    return good.account().state() == AccountState.ACTIVE;
  }

  /** Another change may have begun an epoch since the token was found good. */
  private void requireNext(Account account, boolean begun) {
    boolean next =
        begun
            && accounts
                .find(account.tenant(), account.id())
                .filter(now -> now.epoch() == account.epoch() + 1)
                .isPresent();
    if (!next) {
      throw Refusals.badToken();
    }
  }
}
