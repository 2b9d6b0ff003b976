package org.tonekeep.auth.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.jpa.KnownStore;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Remembers from which networks an account was signed in to today, so that a flood of strangers
 * does not keep its owner waiting. A pair is a MAC of the address and the day's pseudonym of the
 * network. It is written down only where {@code net.identity} keeps that pseudonym, and is of no
 * use after midnight (UTC), when everything here begins anew.
 */
@Component(service = KnownPairs.class, immediate = true) // keeps what it knows
public final class KnownPairs {
  /** Most pairs of a tenant in memory. */
  static final int MOST = 10_000;

  private static final Duration LIFE = Duration.ofDays(1);
  private static final Duration OVERLAP = Duration.ofMinutes(2);
  private static final String PURPOSE = "auth.known";

  private record Seen(AccountId account, Instant when) {}

  private record Row(TenantId tenant, String pair) {}

  private final KnownStore store;
  private final KeyRing keys;
  private final Tenants tenants;
  private final Clock clock;
  private final Map<TenantId, Map<String, Seen>> known = new ConcurrentHashMap<>();
  private final ConcurrentMap<Row, Seen> unwritten = new ConcurrentHashMap<>();
  private volatile Instant read = Instant.EPOCH;

  @Activate
  public KnownPairs(
      @Reference KnownStore store,
      @Reference KeyRing keys,
      @Reference Tenants tenants,
      @Reference Clock clock) {
    this.store = store;
    this.keys = keys;
    this.tenants = tenants;
    this.clock = clock;
  }

  /**
   * The pair of an address and a network.
   *
   * @param subject the address in its normal form
   * @return 64 hexadecimal digits
   */
  String pair(TenantId tenant, String subject, Peer peer) {
    String network = peer.tag().isEmpty() ? peer.limitKey() : peer.tag();
    byte[] message = (network + "\n" + subject).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(keys.mac(tenant, PURPOSE, message));
  }

  /** Whether somebody has signed in so during the last day. */
  boolean contain(TenantId tenant, String pair) {
    Map<String, Seen> pairs = of(tenant);
    synchronized (pairs) {
      Seen seen = pairs.get(pair);
      return seen != null && clock.instant().isBefore(seen.when().plus(LIFE));
    }
  }

  /** Notes that the account's owner has signed in so. */
  void note(TenantId tenant, AccountId account, String pair, Peer peer) {
    Seen seen = new Seen(account, clock.instant());
    boolean isNew = !contain(tenant, pair);
    put(tenant, pair, seen);
    if (isNew && !peer.tag().isEmpty()) {
      unwritten.put(new Row(tenant, pair), seen);
    }
  }

  private void put(TenantId tenant, String pair, Seen seen) {
    Map<String, Seen> pairs = of(tenant);
    synchronized (pairs) {
      pairs.put(pair, seen);
    }
  }

  /** Forgets the account's networks: one of them may be a thief's. Joins the transaction. */
  void forget(TenantId tenant, AccountId account) {
    unwritten.entrySet().removeIf(e -> isOf(e, tenant, account));
    Map<String, Seen> pairs = of(tenant);
    synchronized (pairs) {
      pairs.values().removeIf(seen -> seen.account().equals(account));
    }
    store.remove(tenant, account);
  }

  private static boolean isOf(Map.Entry<Row, Seen> entry, TenantId tenant, AccountId account) {
    return entry.getKey().tenant().equals(tenant) && entry.getValue().account().equals(account);
  }

  /** Writes what is new; what cannot be written now is kept for the next time. */
  void write() {
    unwritten.forEach(
        (row, seen) -> {
          store.put(row.tenant(), row.pair(), seen.account(), seen.when());
          unwritten.remove(row, seen);
        });
  }

  /** Reads what other nodes, or this one before a restart, have written. */
  void read() {
    Instant now = clock.instant();
    Instant since = read.equals(Instant.EPOCH) ? now.minus(LIFE) : read.minus(OVERLAP);
    for (Tenant tenant : tenants.all()) {
      store
          .since(tenant.id(), since, MOST)
          .forEach(row -> put(tenant.id(), row.pair(), new Seen(row.account(), row.when())));
    }
    read = now;
  }

  /** Removes rows that are over. */
  void purge() {
    for (Tenant tenant : tenants.all()) {
      store.purge(tenant.id(), clock.instant().minus(LIFE));
    }
  }

  private Map<String, Seen> of(TenantId tenant) {
    return known.computeIfAbsent(
        tenant,
        id ->
            new LinkedHashMap<>(64, 0.75f, true) {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
                return size() > MOST;
              }
            });
  }
}
