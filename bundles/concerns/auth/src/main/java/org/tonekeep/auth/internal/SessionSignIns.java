package org.tonekeep.auth.internal;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.SignIns;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/** The sessions' door for other concerns. */
@Component(service = SignIns.class)
public final class SessionSignIns implements SignIns {
  private final Accounts accounts;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Failures failures;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public SessionSignIns(
      @Reference Accounts accounts,
      @Reference Sessions sessions,
      @Reference Passwords passwords,
      @Reference Failures failures,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.failures = failures;
    this.audit = audit;
    this.tx = tx;
  }

  @Override
  public Optional<Begun> begin(
      TenantId tenant, AccountId account, Optional<Caller> previous, String device, String tag) {
    return tx.call(
        tenant,
        () -> {
          Optional<Account> owner =
              accounts.find(tenant, account).filter(a -> a.state() == AccountState.ACTIVE);
          if (owner.isPresent()) {
            previous.ifPresent(old -> sessions.end(tenant, old.account(), old.session()));
            audit.append(
                tenant,
                AuditEntry.of(Actor.account(account), "session.begin").ownedBy(account).from(tag));
          }
          return owner.map(a -> sessions.begin(a, device));
        });
  }

  @Override
  public void prove(Caller caller) {
    sessions.prove(caller);
  }

  @Override
  public Begun rotate(Caller caller) {
    return tx.call(caller.tenant(), () -> sessions.rotate(caller));
  }

  @Override
  public boolean passwordIs(Caller caller, String password, String peer) {
    TenantId tenant = caller.tenant();
    Optional<Account> account = accounts.find(tenant, caller.account());
    String subject = account.map(Account::email).map(AuthService::typed).orElse("");
    Turn turn = passwords.admitOwner(tenant, subject, peer);
    boolean right = passwords.verify(tenant, account, password, turn).right();
    if (right && account.isPresent()) {
      passwords.succeeded(tenant, subject, turn);
      return true;
    }
    failures.note(tenant, "session.prove", subject, account, "password", "");
    return false;
  }

  @Override
  public void endAll(TenantId tenant, AccountId account) {
    sessions.endOthers(tenant, account, "");
  }
}
