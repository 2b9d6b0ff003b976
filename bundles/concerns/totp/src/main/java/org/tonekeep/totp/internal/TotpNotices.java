package org.tonekeep.totp.internal;

import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.Mails;

/** Tells the audit log and the owner what happened, in the transaction in which it did. */
@Component(service = TotpNotices.class)
public final class TotpNotices {
  private final Audit audit;
  private final Mails mails;

  @Activate
  public TotpNotices(@Reference Audit audit, @Reference Mails mails) {
    this.audit = audit;
    this.mails = mails;
  }

  /**
   * @param peer see {@code rest.api.Peer#tag}
   */
  void turnedOn(Account owner, String peer) {
    audit.append(owner.tenant(), entry(owner, "totp.on").from(peer));
    send(owner, TotpMails.ON, Map.of());
  }

  /**
   * @param peer see {@code rest.api.Peer#tag}
   */
  void turnedOff(Account owner, String peer) {
    audit.append(owner.tenant(), entry(owner, "totp.off").from(peer));
    send(owner, TotpMails.OFF, Map.of());
  }

  /** A recovery code was used up. */
  void recovered(Account owner, int left) {
    String count = Integer.toString(left);
    audit.append(owner.tenant(), entry(owner, "totp.recovery").with("left", count));
    send(owner, TotpMails.RECOVERY, Map.of("left", count));
  }

  private static AuditEntry entry(Account owner, String action) {
    return AuditEntry.of(Actor.account(owner.id()), action)
        .on(owner.id().value())
        .ownedBy(owner.id());
  }

  private void send(Account owner, String template, Map<String, String> values) {
    boolean unused =
        mails.tell(
            owner.tenant(), new Letter(template, owner.email(), Optional.of(owner.id()), values));
  }
}
