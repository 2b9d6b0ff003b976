package org.tonekeep.rest.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Token buckets per pair of subject and network, per subject, per network and per tenant, in the
 * memory of this node (decision 13). A try counts in all of them or, when one is empty, in none.
 * The subject's bucket, and where somebody wants to get in the tenant's, end nobody's first two
 * tries of a pair in a period: strangers may empty them, but whoever comes from a network of his
 * own always has two tries. All networks around it together have as many first tries as one subject
 * has tries; a network where the owner was let in does not depend on its neighbours.
 */
@Component(service = {Limits.class, AttemptLimits.class})
public final class AttemptLimits implements Limits {
  private static final int FREE_TRIES = 2;
  private static final int DIGEST_BYTES = 16;

  /** What an owner needs to get in: strangers may have emptied the bucket of the whole site. */
  private static final Set<LimitedAct> WAYS_IN = EnumSet.of(LimitedAct.LOGIN, LimitedAct.RESET);

  /** Shelves of a tenant; also the lock on them. */
  private record Shelves(
      Shelf firsts,
      Shelf around,
      Shelf known,
      Shelf pairs,
      Shelf subjects,
      Shelf networks,
      Shelf whole) {
    Shelves(TimeMeter time) {
      this(
          new Shelf(time, false),
          new Shelf(time, false),
          new Shelf(time),
          new Shelf(time),
          new Shelf(time),
          new Shelf(time),
          new Shelf(time));
    }
  }

  /** A bucket that a try is about to be taken from. */
  private record Draw(Shelf shelf, String by, String name, Rate rate, Bucket bucket) {
    static Draw from(Shelf shelf, String by, String name, Rate rate) {
      return new Draw(shelf, by, name, rate, shelf.find(name, rate));
    }

    boolean open() {
      return bucket.getAvailableTokens() > 0;
    }
  }

  private final Tenants tenants;
  private final Metrics metrics;
  private final TimeMeter time;
  private final byte[] salt = new byte[DIGEST_BYTES];
  private final Map<TenantId, Shelves> shelves = new ConcurrentHashMap<>();

  @Activate
  public AttemptLimits(
      @Reference Tenants tenants, @Reference Metrics metrics, @Reference Clock clock) {
    this.tenants = tenants;
    this.metrics = metrics;
    this.time = new ClockMeter(clock);
    new SecureRandom().nextBytes(salt);
  }

  @Override
  public void take(TenantId tenant, LimitedAct act, String subject, String network) {
    LimitKeys.Keys keys = LimitKeys.of(act);
    Tenant site = tenants.require(tenant);
    Shelves mine = of(tenant);
    synchronized (mine) {
      List<Draw> draws = new ArrayList<>();
      Draw whole = Draw.from(mine.whole(), "tenant", act.name(), site.get(keys.tenant()));
      String address = act + "|" + NetworkKey.of(network).address();
      draws.add(Draw.from(mine.networks(), "network", address, site.get(keys.network())));
      Rate rate = site.get(keys.subject());
      List<Draw> firsts = firsts(mine, act, subject, network, rate);
      boolean first = firsts.stream().allMatch(Draw::open);
      if (first) {
        draws.addAll(firsts);
      }
      if (!subject.isEmpty()) {
        draws.add(Draw.from(mine.pairs(), "subject", pair(act, subject, network), rate));
        if (!first) {
          draws.add(Draw.from(mine.subjects(), "subject", digest(act, subject), rate));
        }
      }
      if (!first || !WAYS_IN.contains(act) || whole.open()) {
        draws.add(whole);
      }
      draw(act, draws);
    }
  }

  /** What the first tries of a period are taken from. */
  private List<Draw> firsts(
      Shelves mine, LimitedAct act, String subject, String network, Rate rate) {
    List<Draw> firsts = new ArrayList<>();
    String pair = pair(act, subject, network);
    firsts.add(Draw.from(mine.firsts(), "subject", pair, first(rate)));
    if (!mine.known().has(pair, rate)) {
      for (String wider : NetworkKey.of(network).wider()) {
        firsts.add(Draw.from(mine.around(), "subject", pair(act, subject, wider), rate));
      }
    }
    return firsts;
  }

  private static Rate first(Rate rate) {
    return new Rate(FREE_TRIES, rate.period());
  }

  @Override
  public void succeeded(TenantId tenant, LimitedAct act, String subject, String network) {
    Rate rate = tenants.require(tenant).get(LimitKeys.of(act).subject());
    Shelves mine = of(tenant);
    synchronized (mine) {
      String pair = pair(act, subject, network);
      mine.pairs().drop(pair, rate);
      mine.firsts().drop(pair, first(rate));
      mine.known().put(pair, rate, mine.known().find(pair, rate));
    }
  }

  /** Counts an app key that is none, by network and apart from the logins of people there. */
  void badKey(TenantId tenant, String network) {
    Rate rate = tenants.require(tenant).get(LimitKeys.of(LimitedAct.LOGIN).network());
    Shelves mine = of(tenant);
    synchronized (mine) {
      String address = "KEY|" + NetworkKey.of(network).address();
      draw(LimitedAct.LOGIN, List.of(Draw.from(mine.networks(), "key", address, rate)));
    }
  }

  /** How many buckets a tenant's visitors have filled; for tests. */
  int size(TenantId tenant) {
    Shelves mine = of(tenant);
    synchronized (mine) {
      return mine.firsts().size()
          + mine.around().size()
          + mine.known().size()
          + mine.pairs().size()
          + mine.subjects().size()
          + mine.networks().size();
    }
  }

  private Shelves of(TenantId tenant) {
    return shelves.computeIfAbsent(tenant, id -> new Shelves(time));
  }

  private void draw(LimitedAct act, List<Draw> draws) {
    for (Draw draw : draws) {
      EstimationProbe probe = draw.bucket().estimateAbilityToConsume(1);
      if (!probe.canBeConsumed()) {
        throw refused(act, draw, probe.getNanosToWaitForRefill());
      }
    }
    for (Draw draw : draws) {
      if (!draw.bucket().tryConsume(1)) {
        throw new IllegalStateException("A bucket was emptied past its lock");
      }
      draw.shelf().put(draw.name(), draw.rate(), draw.bucket());
    }
  }

  /** {@code RateLimit-*} as in draft-ietf-httpapi-ratelimit-headers-03 (three fields). */
  private ProblemException refused(LimitedAct act, Draw draw, long nanos) {
    String word = act.name().toLowerCase(Locale.ROOT);
    metrics
        .counter("tonekeep_limited", "act=\"" + word + "\",by=\"" + draw.by() + "\"")
        .increment();
    long wait = Math.max(1, Duration.ofNanos(nanos).plusMillis(999).toSeconds());
    return ProblemException.of(
            429, "too-many-attempts", "Too many attempts", "Wait a little before the next try")
        .withHeader("Retry-After", Long.toString(wait))
        .withHeader("RateLimit-Limit", Integer.toString(draw.rate().count()))
        .withHeader("RateLimit-Remaining", "0")
        .withHeader("RateLimit-Reset", Long.toString(wait));
  }

  private String pair(LimitedAct act, String subject, String network) {
    return digest(act, subject) + "|" + NetworkKey.of(network).own();
  }

  /** A name that somebody typed is not held in memory in the clear. */
  private String digest(LimitedAct act, String subject) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      byte[] all = sha.digest(subject.strip().toLowerCase(Locale.ROOT).getBytes(UTF_8));
      return act + "|" + HexFormat.of().formatHex(Arrays.copyOf(all, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** The injected clock as bucket4j reads time. */
  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
