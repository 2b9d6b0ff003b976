package org.tonekeep.breakglass.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.breakglass.internal.Grant.State;
import org.tonekeep.breakglass.internal.jpa.GrantStore;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Role;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Makes, approves and ends grants. An empty account stands for the operator at the console. */
@Component(service = Breakglass.class)
public final class Breakglass {
  private final Tenants tenants;
  private final Accounts accounts;
  private final Catalog catalog;
  private final GrantStore store;
  private final BreakglassNotices notices;
  private final GrantHolders holders;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public Breakglass(
      @Reference Tenants tenants,
      @Reference Accounts accounts,
      @Reference Catalog catalog,
      @Reference GrantStore store,
      @Reference BreakglassNotices notices,
      @Reference GrantHolders holders,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.catalog = catalog;
    this.store = store;
    this.notices = notices;
    this.holders = holders;
    this.tx = tx;
    this.clock = clock;
  }

  /** How long a grant of the tenant may be. */
  public Duration longest(TenantId tenant) {
    return tenants.require(tenant).get(BreakglassFeature.LONGEST);
  }

  /**
   * Whose track it is.
   *
   * @throws ProblemException 404 when there is none, or it is in the trash
   */
  public AccountId ownerOf(TenantId tenant, TrackId track) {
    return catalog.find(tenant, track).orElseThrow(ProblemException::notFound).owner();
  }

  /**
   * The account, which exists.
   *
   * @throws ProblemException 404
   */
  public AccountId existing(TenantId tenant, AccountId account) {
    return accounts.find(tenant, account).orElseThrow(ProblemException::notFound).id();
  }

  /**
   * Asks for a grant. Where the tenant's file wants no second person, it is good at once.
   *
   * @param asker empty for the operator at the console
   * @param staff who wants to read
   * @param peer see {@code rest.api.Peer#tag}
   * @throws IllegalArgumentException when the wish is longer than the tenant allows, or {@code
   *     staff} is nobody of the staff; the message says so
   */
  public Grant ask(
      TenantId tenant, Optional<AccountId> asker, AccountId staff, Wish wish, String peer) {
    Tenant site = tenants.require(tenant);
    Duration longest = site.get(BreakglassFeature.LONGEST);
    if (!Wish.isTicket(wish.ticket()) || !Wish.isReason(wish.reason())) {
      throw new IllegalArgumentException(
          "A ticket is 1 to 40 letters, digits or -_./#: and a reason 10 to 300 characters");
    }
    if (wish.wanted().compareTo(longest) > 0
        || wish.wanted().compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("A grant is for a minute to " + longest);
    }
    if (accounts.find(tenant, staff).filter(Breakglass::mayAsk).isEmpty()) {
      throw new IllegalArgumentException("Only somebody of the staff can be let in");
    }
    return tx.call(
        tenant,
        () -> {
          Grant asked =
              new Grant(
                  Ids.next(clock),
                  wish.owner(),
                  wish.track(),
                  staff,
                  asker,
                  wish.ticket(),
                  wish.reason(),
                  wish.wanted(),
                  now(),
                  Optional.empty(),
                  Optional.empty());
          notices.note(tenant, asked, "breakglass.ask", asker, peer);
          boolean alone = site.get(BreakglassFeature.APPROVALS) == 1;
          Grant grant = alone ? asked.approved(Optional.empty(), now()) : asked;
          store.insert(tenant, grant);
          if (alone) {
            letIn(tenant, grant, asker, peer);
          }
          return grant;
        });
  }

  /** Whether the account is of the staff and in use. */
  static boolean mayAsk(Account account) {
    return account.state() == AccountState.ACTIVE && account.roles().contains(Role.STAFF);
  }

  /**
   * Approves what somebody else asked for.
   *
   * @param approver empty for the operator at the console
   * @throws ProblemException 404, 403 {@code second-person-required} for who asked or would read,
   *     409 {@code grant-not-open} for what was approved, ended or waited for too long
   */
  public Grant approve(TenantId tenant, String id, Optional<AccountId> approver, String peer) {
    return tx.call(
        tenant,
        () -> {
          Grant grant = store.lock(tenant, id).orElseThrow(ProblemException::notFound);
          if (approver.equals(grant.asker()) || approver.equals(Optional.of(grant.staff()))) {
            throw ProblemException.of(
                403,
                "second-person-required",
                "Somebody else must approve",
                "Neither who asked nor who would listen can approve it");
          }
          if (grant.state(now()) != State.ASKED) {
            throw ProblemException.of(
                409, "grant-not-open", "Not waiting", "This is approved or over already");
          }
          Grant approved = grant.approved(approver, now());
          store.update(tenant, approved);
          letIn(tenant, approved, approver, peer);
          return approved;
        });
  }

  private void letIn(TenantId tenant, Grant grant, Optional<AccountId> by, String peer) {
    notices.note(tenant, grant, "breakglass.grant", by, peer);
    grant.approval().ifPresent(approval -> notices.tellOwner(tenant, grant, approval));
  }

  /**
   * Ends a grant, or a wish for one, at once; addresses that were signed under it die.
   *
   * @param by empty for the operator at the console
   * @return false when it was over already
   * @throws ProblemException 404
   */
  public boolean revoke(TenantId tenant, String id, Optional<AccountId> by, String peer) {
    return tx.call(
        tenant,
        () -> {
          Grant grant = store.lock(tenant, id).orElseThrow(ProblemException::notFound);
          State state = grant.state(now());
          if (state != State.ASKED && state != State.ACTIVE) {
            return false;
          }
          Grant revoked = grant.revoked(now());
          store.update(tenant, revoked);
          notices.note(tenant, revoked, "breakglass.revoke", by, peer);
          tx.afterCommit(() -> holders.forget(tenant, id));
          return true;
        });
  }

  /** Grants, newest first, before a cursor (a grant's id, or empty for the first page). */
  public List<Grant> list(TenantId tenant, String before, int limit) {
    return store.list(tenant, before, limit);
  }

  /**
   * The grant, good now, by which the account may read.
   *
   * @throws ProblemException 404 when it is another's or there is none, 403 {@code grant-not-good}
   */
  Grant requireGood(TenantId tenant, String id, AccountId staff) {
    Grant grant =
        store
            .find(tenant, id)
            .filter(found -> found.staff().equals(staff))
            .orElseThrow(ProblemException::notFound);
    if (grant.state(now()) != State.ACTIVE) {
      throw ProblemException.of(
          403, "grant-not-good", "Not allowed", "This grant is not approved yet, or is over");
    }
    return grant;
  }

  /** Forgets what ended too long ago, also of suspended tenants. */
  void purge() {
    for (Tenant tenant : tenants.all()) {
      Instant before = now().minus(tenant.get(BreakglassFeature.KEEP));
      int unused = store.purge(tenant.id(), before);
    }
  }

  public Optional<Grant> find(TenantId tenant, String id) {
    return store.find(tenant, id);
  }

  /** What a grant is good for now. */
  public State state(Grant grant) {
    return grant.state(now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
