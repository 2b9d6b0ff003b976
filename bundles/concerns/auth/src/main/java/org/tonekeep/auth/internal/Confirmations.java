package org.tonekeep.auth.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.auth.internal.MailTokens.Good;
import org.tonekeep.identity.api.Account;
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
  private final Accounts accounts;
  private final MailTokens tokens;
  private final Mails mails;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public Confirmations(
      @Reference Accounts accounts,
      @Reference MailTokens tokens,
      @Reference Mails mails,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.accounts = accounts;
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

  /**
   * Opens the account of the link for use.
   *
   * @throws ProblemException 400 {@code bad-token}
   */
  public void confirm(TenantId tenant, String token, Peer peer) {
    tx.run(
        tenant,
        () -> {
          Good good =
              tokens
                  .redeem(tenant, token, TokenKind.CONFIRM)
                  .filter(g -> g.account().state() == AccountState.PENDING)
                  .orElseThrow(Refusals::badToken);
          Account account = good.account();
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
