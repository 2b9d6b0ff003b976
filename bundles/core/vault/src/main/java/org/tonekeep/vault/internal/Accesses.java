package org.tonekeep.vault.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.vault.internal.jpa.AccessStore;

/**
 * Writes every access into the audit log: {@code blob.read} when an address is used for the first
 * time, committed before a byte leaves, and {@code blob.read-end} with the totals once the address
 * has expired and no request under it is running on any node. In between the access is a row, so a
 * restart forgets neither; a node that dies takes at most the totals of its last seconds with it.
 */
@Component(service = Accesses.class)
public final class Accesses {
  /** Running requests say so this long ahead; {@link AccessUpkeep} says it again in time. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** Totals of other nodes may come this much after the address expired. */
  static final Duration GRACE = Duration.ofSeconds(15);

  /** Most accesses that are remembered without being used now; a row knows the others. */
  static final int MOST = 20_000;

  private static final int PAGE = 200;

  private record Id(TenantId tenant, String nonce) {}

  /** What this node did under one address and has not written yet. Changed inside compute only. */
  private static final class Tally {
    private final Instant expiresAt;
    private volatile boolean begun;
    private int open;
    private long requests;
    private long bytes;

    Tally(Instant expiresAt) {
      this.expiresAt = expiresAt;
    }

    private boolean idle() {
      return open == 0 && requests == 0 && bytes == 0;
    }
  }

  private record Totals(long requests, long bytes, boolean open) {}

  private final AccessStore store;
  private final Tenants tenants;
  private final Audit audit;
  private final Tx tx;
  private final Clock clock;
  private final ConcurrentMap<Id, Tally> tallies = new ConcurrentHashMap<>();

  @Activate
  public Accesses(
      @Reference AccessStore store,
      @Reference Tenants tenants,
      @Reference Audit audit,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.store = store;
    this.tenants = tenants;
    this.audit = audit;
    this.tx = tx;
    this.clock = clock;
  }

  /** One request under an address. */
  final class Use {
    private final Id id;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Use(Id id) {
      this.id = id;
    }

    /** It is over, after so many bytes; a second call says nothing. */
    void end(long bytes) {
      if (ended.compareAndSet(false, true)) {
        Object unused =
            tallies.computeIfPresent(
                id,
                (same, tally) -> {
                  tally.open--;
                  tally.bytes += bytes;
                  return tally;
                });
      }
    }
  }

  /**
   * A request begins. When this returns the access is in the audit log for good.
   *
   * @param peer see {@link org.tonekeep.rest.api.Peer#tag}
   */
  Use begin(TenantId tenant, UrlToken token, String peer) {
    Id id = new Id(tenant, token.nonce());
    Tally tally = count(id, token.expiresAt());
    boolean done = false;
    try {
      begin(tenant, tally, access(token, peer));
      done = true;
    } finally {
      if (!done) {
        discount(id);
      }
    }
    return new Use(id);
  }

  private Tally count(Id id, Instant expiresAt) {
    if (tallies.size() >= MOST) {
      shed(Instant.MAX);
    }
    return tallies.compute(
        id,
        (same, known) -> {
          Tally tally = known == null ? new Tally(expiresAt) : known;
          tally.open++;
          tally.requests++;
          return tally;
        });
  }

  private void discount(Id id) {
    Object unused =
        tallies.computeIfPresent(
            id,
            (same, tally) -> {
              tally.open--;
              tally.requests--;
              return tally.begun || !tally.idle() ? tally : null;
            });
  }

  /** The requests of one address wait for the first of them, those of others do not. */
  private void begin(TenantId tenant, Tally tally, Access access) {
    synchronized (tally) {
      if (!tally.begun) {
        try {
          insert(tenant, access);
        } catch (AccessTakenException e) {
          // Another node was faster and has logged it, or the database has another trouble.
          if (!store.exists(tenant, access.id())) {
            throw e;
          }
        }
        tally.begun = true;
      }
    }
  }

  private void insert(TenantId tenant, Access access) {
    tx.run(
        tenant,
        () -> {
          if (!store.exists(tenant, access.id())) {
            store.insert(tenant, access, clock.instant().plus(LEASE));
            audit.append(tenant, entry(access, "blob.read"));
          }
        });
  }

  private static Access access(UrlToken token, String peer) {
    Holder right = token.right();
    return new Access(
        token.nonce(),
        token.key(),
        token.subject(),
        token.reader(),
        right.kind(),
        right.id(),
        peer,
        token.expiresAt(),
        0,
        0);
  }

  private static AuditEntry entry(Access access, String action) {
    AuditEntry entry =
        AuditEntry.of(access.reader().map(Actor::account).orElseGet(Actor::stranger), action)
            .on(access.subject())
            .ownedBy(new AccountId(access.key().owner()))
            .from(access.peer())
            .with("access", access.id())
            .with("blob", access.key().id())
            .with("kind", access.key().kind())
            .with("right", access.right());
    boolean own = access.right().equals(Holder.SESSION) || access.right().equals(Holder.KEY);
    return own ? entry : entry.with("rightId", access.rightId());
  }

  /** Writes this node's totals, and that requests are running; forgets what is over. */
  void write() {
    Map<TenantId, Map<String, Totals>> all = new HashMap<>();
    for (Id id : tallies.keySet()) {
      totals(id)
          .ifPresent(
              totals -> {
                Totals none =
                    all.computeIfAbsent(id.tenant(), t -> new TreeMap<>()).put(id.nonce(), totals);
                assert none == null;
              });
    }
    all.forEach(this::write);
    shed(clock.instant());
  }

  private Optional<Totals> totals(Id id) {
    Tally tally = tallies.get(id);
    if (tally == null || !tally.begun) {
      return Optional.empty();
    }
    Totals[] taken = new Totals[1];
    Object unused =
        tallies.computeIfPresent(
            id,
            (same, t) -> {
              if (!t.idle()) {
                taken[0] = new Totals(t.requests, t.bytes, t.open > 0);
                t.requests = 0;
                t.bytes = 0;
              }
              return t;
            });
    return Optional.ofNullable(taken[0]);
  }

  private void write(TenantId tenant, Map<String, Totals> totals) {
    Instant until = clock.instant().plus(LEASE);
    boolean done = false;
    try {
      // In the order of their ids, so that two nodes do not wait for each other.
      tx.run(
          tenant,
          () ->
              totals.forEach(
                  (nonce, t) -> {
                    Optional<Instant> open = t.open() ? Optional.of(until) : Optional.empty();
                    boolean unused = store.add(tenant, nonce, t.requests(), t.bytes(), open);
                  }));
      done = true;
    } finally {
      if (!done) {
        totals.forEach((nonce, t) -> giveBack(new Id(tenant, nonce), t));
      }
    }
  }

  private void giveBack(Id id, Totals totals) {
    Object unused =
        tallies.computeIfPresent(
            id,
            (same, tally) -> {
              tally.requests += totals.requests();
              tally.bytes += totals.bytes();
              return tally;
            });
  }

  /** Forgets what has nothing to write and expired before the time. */
  private void shed(Instant before) {
    for (Id id : tallies.keySet()) {
      Object unused =
          tallies.computeIfPresent(
              id, (same, tally) -> tally.idle() && tally.expiresAt.isBefore(before) ? null : tally);
    }
  }

  /** How many addresses this node has in mind. */
  int remembered() {
    return tallies.size();
  }

  /** Ends the accesses that are over, also of suspended tenants. */
  void close() {
    for (Tenant tenant : tenants.all()) {
      close(tenant.id());
    }
  }

  private void close(TenantId tenant) {
    Instant now = clock.instant();
    int ended;
    do {
      ended = 0;
      for (Access over : store.over(tenant, now.minus(GRACE), now, PAGE)) {
        ended += tx.call(tenant, () -> end(tenant, over.id(), now)) ? 1 : 0;
      }
    } while (ended > 0);
  }

  private boolean end(TenantId tenant, String id, Instant now) {
    Optional<Access> taken = store.take(tenant, id, now);
    taken.ifPresent(access -> audit.append(tenant, ending(access)));
    return taken.isPresent();
  }

  private static AuditEntry ending(Access access) {
    return entry(access, "blob.read-end")
        .with("requests", Long.toString(access.requests()))
        .with("bytes", Long.toString(access.bytes()));
  }

  /** Somebody was refused; the log counts what is alike. */
  void refused(TenantId tenant, AuditEntry entry) {
    audit.appendApart(tenant, entry);
  }

  /** The accesses that are not over, by the account or to what is its. */
  List<Access> of(TenantId tenant, AccountId account) {
    return store.of(tenant, account);
  }

  /**
   * Forgets the person: what somebody else read of it, and who read what is somebody else's. Joins
   * the running transaction.
   */
  void erase(TenantId tenant, AccountId account) {
    for (Access access : store.of(tenant, account)) {
      boolean taken = store.take(tenant, access.id(), Instant.MAX).isPresent();
      if (taken && !access.key().owner().equals(account.value())) {
        audit.append(tenant, ending(access.byNobody()));
      }
    }
  }
}
