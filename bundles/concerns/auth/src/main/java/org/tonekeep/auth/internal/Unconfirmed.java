package org.tonekeep.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.auth.internal.jpa.TokenStore;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Removes accounts whose address nobody confirmed for a week, with their keys. Nobody ever signed
 * in to them, so no bundle that is away can owe them anything.
 */
@Component(service = Unconfirmed.class)
public final class Unconfirmed {
  /** How long an address may wait for its confirmation. */
  static final Duration LONGEST = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(Unconfirmed.class);
  private static final int PAGE = 200;

  private final Tenants tenants;
  private final Accounts accounts;
  private final TokenStore tokens;
  private final OwnerKeys owners;
  private final Audit audit;
  private final Tx tx;
  private final Clock clock;
  private final List<DataHolder> holders = new CopyOnWriteArrayList<>();

  @Activate
  public Unconfirmed(
      @Reference Tenants tenants,
      @Reference Accounts accounts,
      @Reference TokenStore tokens,
      @Reference OwnerKeys owners,
      @Reference Audit audit,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.tokens = tokens;
    this.owners = owners;
    this.audit = audit;
    this.tx = tx;
    this.clock = clock;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void add(DataHolder holder) {
    holders.add(holder);
  }

  void remove(DataHolder holder) {
    holders.remove(holder);
  }

  /** Removes what is over, also of suspended tenants. */
  void sweep() {
    Instant now = clock.instant();
    for (Tenant tenant : tenants.all()) {
      tokens.purge(tenant.id(), TokenKind.CONFIRM, now);
      Instant old = now.minus(LONGEST);
      List<AccountId> page = tokens.accounts(tenant.id(), TokenKind.CONFIRM, old, "", PAGE);
      while (!page.isEmpty()) {
        page.forEach(account -> attempt(tenant.id(), account));
        String last = page.get(page.size() - 1).value();
        page = tokens.accounts(tenant.id(), TokenKind.CONFIRM, old, last, PAGE);
      }
    }
  }

  /** One that cannot be removed does not keep the others. */
  private void attempt(TenantId tenant, AccountId id) {
    try {
      judge(tenant, id);
    } catch (RuntimeException e) {
      LOG.warn("Could not remove an unconfirmed account; it is tried again", e);
    }
  }

  private void judge(TenantId tenant, AccountId id) {
    boolean removed =
        tx.call(
            tenant,
            () -> {
              // First, as a confirmation does: of two at the same time only one gets the links.
              boolean mine = tokens.remove(tenant, id, TokenKind.CONFIRM) > 0;
              boolean waiting =
                  accounts
                      .find(tenant, id)
                      .filter(account -> account.state() == AccountState.PENDING)
                      .isPresent();
              if (mine && waiting) {
                erase(tenant, id);
              }
              return mine && waiting;
            });
    if (removed) {
      owners.destroy(tenant, id.value());
    }
  }

  private void erase(TenantId tenant, AccountId id) {
    holders.forEach(holder -> holder.erase(tenant, id));
    if (accounts.find(tenant, id).isPresent()) {
      throw new IllegalStateException("No holder has removed the account; its key is kept");
    }
    audit.append(tenant, AuditEntry.of(Actor.platform(), "account.expire").on(id.value()));
  }
}
