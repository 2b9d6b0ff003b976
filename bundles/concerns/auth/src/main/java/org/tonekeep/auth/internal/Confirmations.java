package org.tonekeep.auth.internal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.auth.internal.MailTokens.Good;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/** Asks the owners of addresses to confirm them. */
@Component(service = Confirmations.class)
public final class Confirmations {
  /** Most accounts that wait for another mail; whoever comes then signs in once more. */
  private static final int MOST = 1000;

  private record Waiting(TenantId tenant, AccountId account) {}

  private final Accounts accounts;
  private final CredentialStore credentials;
  private final Passwords passwords;
  private final PasswordRules rules;
  private final MailTokens tokens;
  private final Mails mails;
  private final Audit audit;
  private final Tx tx;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

  @Activate
  public Confirmations(
      @Reference Accounts accounts,
      @Reference CredentialStore credentials,
      @Reference Passwords passwords,
      @Reference PasswordRules rules,
      @Reference MailTokens tokens,
      @Reference Mails mails,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.passwords = passwords;
    this.rules = rules;
    this.tokens = tokens;
    this.mails = mails;
    this.audit = audit;
    this.tx = tx;
  }

  /**
   * Sends the link of a new account.
   *
   * @param username that the account gets with the confirmation, if it is still free then; before
   *     that it is nobody's, or whether it is taken would tell that the address was unknown
   */
  void send(Account account, String username) {
    tx.run(
        account.tenant(),
        () ->
            tokens
                .issue(account, TokenKind.CONFIRM, username)
                .ifPresent(
                    token -> mails.send(account.tenant(), AuthMails.confirm(account, token))));
  }

  /** Sends another link, unless the last one is only minutes old. */
  void resend(Account account) {
    send(account, tokens.detail(account, TokenKind.CONFIRM));
  }

  /** As {@link #resend}, a moment later: an answer must not take longer because of it. */
  void resendLater(Account account) {
    if (waiting.size() < MOST) {
      waiting.add(new Waiting(account.tenant(), account.id()));
    }
  }

  /** Sends what waits to be sent again. */
  void write() {
    for (Waiting one : Set.copyOf(waiting)) {
      waiting.remove(one);
      accounts
          .find(one.tenant(), one.account())
          .filter(account -> account.state() == AccountState.PENDING)
          .ifPresent(this::resend);
    }
  }

  /**
   * Opens the account of the link for use.
   *
   * @param password that counts from now on; empty leaves the one of the sign-up, if there was only
   *     one
   * @throws ProblemException 400 {@code bad-token}; 422 {@code invalid} for the password, also when
   *     one is needed and none is given: the link stays good; 429 {@code busy}
   */
  public void confirm(TenantId tenant, String token, String password, Peer peer) {
    Optional<Credential> chosen =
        password.isEmpty() ? Optional.empty() : Optional.of(chosen(tenant, token, password, peer));
    tx.run(
        tenant,
        () -> {
          tokens
              .find(tenant, token, TokenKind.CONFIRM)
              .ifPresent(g -> credentials.lock(tenant, g.account().id()));
          Good good =
              tokens
                  .redeem(tenant, token, TokenKind.CONFIRM)
                  .filter(Confirmations::waits)
                  .orElseThrow(Refusals::badToken);
          Account account = good.account();
          chosen.ifPresent(credential -> credentials.put(tenant, account.id(), credential));
          if (credentials.find(tenant, account.id()).isEmpty()) {
            throw Refusals.passwordNeeded();
          }
          boolean open = accounts.setState(tenant, account.id(), AccountState.ACTIVE);
          if (!open) {
            throw Refusals.badToken();
          }
          name(account, good.detail());
          audit.append(
              tenant,
              AuditEntry.of(Actor.account(account.id()), "account.confirm")
                  .on(account.id().value())
                  .ownedBy(account.id())
                  .from(peer.tag()));
        });
  }

  private Credential chosen(TenantId tenant, String token, String password, Peer peer) {
    Account account =
        tokens
            .find(tenant, token, TokenKind.CONFIRM)
            .filter(Confirmations::waits)
            .orElseThrow(Refusals::badToken)
            .account();
    rules.require("/password", account, password);
    return passwords.hash(tenant, password, Turn.stranger(peer));
  }

  private static boolean waits(Good good) {
    return good.account().state() == AccountState.PENDING;
  }

  private void name(Account account, String username) {
    if (username.isEmpty()) {
      return;
    }
    Profile old = account.profile();
    Profile named = new Profile(old.displayName(), username, old.artistName(), old.socials());
    if (fits(account.tenant(), named)) {
      boolean unused = accounts.setProfile(account.tenant(), account.id(), named);
    }
  }

  /**
   * Where somebody was faster, or the rules are others by now, the owner chooses another name on
   * the account's page. Asked before anything is written: a refused write undoes the confirmation.
   */
  private boolean fits(TenantId tenant, Profile profile) {
    try {
      accounts.check(tenant, profile);
      return true;
    } catch (InvalidProfileException | UsernameTakenException e) {
      return false;
    }
  }
}
