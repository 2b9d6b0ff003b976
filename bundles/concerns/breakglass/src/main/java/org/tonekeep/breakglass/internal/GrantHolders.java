package org.tonekeep.breakglass.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.breakglass.internal.jpa.GrantStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.LiveHolders;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;

/**
 * Says whether a grant is alive: it, its feature, and the account, role and epoch of who reads. An
 * answer is remembered for less than a second; a revocation on this node acts at once.
 */
@Component(
    service = {GrantHolders.class, LiveHolders.class},
    property = LiveHolders.KIND + "=" + GrantHolders.GRANT)
public final class GrantHolders implements LiveHolders {
  static final String GRANT = "grant";

  private static final Duration AGE = Duration.ofMillis(400);
  private static final int MOST = 1000;

  private record Place(TenantId tenant, Holder holder) {}

  private final GrantStore store;
  private final Accounts accounts;
  private final Gate gate;
  private final Clock clock;
  private final ConcurrentMap<Place, Instant> alive = new ConcurrentHashMap<>();

  @Activate
  public GrantHolders(
      @Reference GrantStore store,
      @Reference Accounts accounts,
      @Reference Gate gate,
      @Reference Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.gate = gate;
    this.clock = clock;
  }

  /** The holder that stands for a grant in the hands of the account as it is now. */
  static Holder of(Grant grant, Account staff) {
    return new Holder(GRANT, grant.id(), java.util.Optional.of(staff.id()), staff.epoch());
  }

  @Override
  public boolean isLive(TenantId tenant, Holder holder) {
    if (holder.account().isEmpty() || !gate.isOn(tenant, BreakglassFeature.ID)) {
      return false;
    }
    Place place = new Place(tenant, holder);
    Instant now = clock.instant();
    Instant until = alive.get(place);
    if (until != null && now.isBefore(until)) {
      return true;
    }
    AccountId staff = holder.account().get();
    boolean live =
        store
                .find(tenant, holder.id())
                .filter(grant -> grant.staff().equals(staff))
                .filter(grant -> grant.state(now) == Grant.State.ACTIVE)
                .isPresent()
            && accounts
                .find(tenant, staff)
                .filter(Breakglass::mayAsk)
                .filter(account -> account.epoch() == holder.epoch())
                .isPresent();
    if (live) {
      if (alive.size() >= MOST) {
        alive.clear(); // so short a cache is cheap to fill again
      }
      alive.put(place, now.plus(AGE));
    }
    return live;
  }

  void forget(TenantId tenant, String grant) {
    alive.keySet().removeIf(p -> p.tenant().equals(tenant) && p.holder().id().equals(grant));
  }
}
