package org.tonekeep.breakglass.internal;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.tenant.api.TenantId;

/** Tells the audit log and the owner what happened, in the transaction in which it did. */
@Component(service = BreakglassNotices.class)
public final class BreakglassNotices {
  private final Audit audit;
  private final Mails mails;
  private final Accounts accounts;
  private final Catalog catalog;

  @Activate
  public BreakglassNotices(
      @Reference Audit audit,
      @Reference Mails mails,
      @Reference Accounts accounts,
      @Reference Catalog catalog) {
    this.audit = audit;
    this.mails = mails;
    this.accounts = accounts;
    this.catalog = catalog;
  }

  /**
   * Something happened to a grant.
   *
   * @param by who did it; empty for the operator at the console
   * @param peer see {@code rest.api.Peer#tag}
   */
  void note(TenantId tenant, Grant grant, String action, Optional<AccountId> by, String peer) {
    AuditEntry entry =
        AuditEntry.of(by.map(Actor::account).orElseGet(Actor::operator), action)
            .on(grant.id())
            .ownedBy(grant.owner())
            .from(peer)
            .with("ticket", grant.ticket())
            .with("staff", grant.staff().value());
    if (grant.track().isPresent()) {
      entry = entry.with("track", grant.track().get().value());
    }
    if (grant.approval().isPresent()) {
      entry = entry.with("until", grant.approval().get().endsAt().toString());
    }
    audit.append(tenant, entry);
  }

  /** Tells the owner that somebody is let in. */
  void tellOwner(TenantId tenant, Grant grant, Grant.Approval approval) {
    Optional<Account> owner = accounts.find(tenant, grant.owner());
    if (owner.isPresent()) {
      Map<String, String> values =
          Map.of(
              "until",
                  approval.endsAt().truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' '),
              "what", grant.track().map(track -> what(tenant, track)).orElse("*"),
              "reason", grant.reason(),
              "ticket", grant.ticket());
      boolean unused =
          mails.tell(
              tenant,
              new Letter(
                  BreakglassMails.GRANTED,
                  owner.get().email(),
                  Optional.of(grant.owner()),
                  values));
    }
  }

  private String what(TenantId tenant, TrackId track) {
    return catalog.find(tenant, track).map(Track::title).orElse(track.value());
  }
}
