package org.tonekeep.auth.internal;

import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.tenant.api.TenantId;

/** Ends sessions on somebody's word, and writes down whose. */
@Component(service = SessionControl.class)
public final class SessionControl {
  private final Sessions sessions;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public SessionControl(@Reference Sessions sessions, @Reference Audit audit, @Reference Tx tx) {
    this.sessions = sessions;
    this.audit = audit;
    this.tx = tx;
  }

  /** Ends the caller's session. */
  public void signOut(Caller caller, Peer peer) {
    boolean unused = end(caller, caller.session(), peer);
  }

  /** Ends one of the caller's sessions; false when he has none of that id. */
  public boolean end(Caller caller, String session, Peer peer) {
    TenantId tenant = caller.tenant();
    AccountId account = caller.account();
    return noted(
        tenant,
        AuditEntry.of(Actor.of(caller), "session.end").ownedBy(account).from(peer.tag()),
        session,
        () -> sessions.end(tenant, account, session));
  }

  /** Ends all of the caller's sessions but the one that asks. */
  public void endOthers(Caller caller, Peer peer) {
    TenantId tenant = caller.tenant();
    AccountId account = caller.account();
    boolean unused =
        noted(
            tenant,
            AuditEntry.of(Actor.of(caller), "session.end-others").ownedBy(account).from(peer.tag()),
            "",
            () -> {
              sessions.endOthers(tenant, account, caller.session());
              return true;
            });
  }

  /** Ends one session of an account for the operator; false when there is none of that id. */
  public boolean revoke(TenantId tenant, AccountId account, String session) {
    return noted(
        tenant,
        AuditEntry.of(Actor.operator(), "session.end").ownedBy(account),
        session,
        () -> sessions.end(tenant, account, session));
  }

  /** Ends all sessions of an account for the operator. */
  public void revokeAll(TenantId tenant, AccountId account) {
    boolean unused =
        noted(
            tenant,
            AuditEntry.of(Actor.operator(), "session.end-all").ownedBy(account),
            "",
            () -> {
              sessions.endOthers(tenant, account, "");
              return true;
            });
  }

  private boolean noted(TenantId tenant, AuditEntry entry, String subject, BooleanSupplier act) {
    return tx.call(
        tenant,
        () -> {
          boolean done = act.getAsBoolean();
          if (done) {
            audit.append(tenant, entry.on(subject));
          }
          return done;
        });
  }
}
