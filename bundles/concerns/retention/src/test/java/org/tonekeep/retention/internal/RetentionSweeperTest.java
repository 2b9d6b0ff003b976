package org.tonekeep.retention.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Promise;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

public final class RetentionSweeperTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Sweeps sweeps = new Sweeps();

  @Test
  public void shouldSweepSuspendedTenantsTooAndAgainEveryTurn() {
    RetentionSweeper sweeper =
        new RetentionSweeper(sweeps, tenants(), clock, Duration.ofMillis(10));
    try {
      await().until(() -> sweeps.of(ALICE) >= 2 && sweeps.of(BOB) >= 2);
      assertThat(sweeps.times).containsExactlyInAnyOrder(NOW);
    } finally {
      sweeper.stop();
    }
  }

  @Test
  public void shouldGoOnWithTheOthersWhenOneTenantFails() {
    sweeps.failing = ALICE;
    RetentionSweeper sweeper =
        new RetentionSweeper(sweeps, tenants(), clock, Duration.ofMillis(10));
    try {
      await().until(() -> sweeps.of(ALICE) >= 2 && sweeps.of(BOB) >= 2);
    } finally {
      sweeper.stop();
    }
  }

  @Test
  public void shouldWaitForTheRunningSweepWhenStopped() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    sweeps.during =
        () -> {
          inside.countDown();
          try {
            assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            sweeps.finished.incrementAndGet();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    RetentionSweeper sweeper = new RetentionSweeper(sweeps, tenants(), clock, Duration.ofDays(1));
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Thread stopper = new Thread(sweeper::stop);
    stopper.start();
    await().until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    stopper.join(10_000);
    assertThat(stopper.isAlive()).isFalse();
    assertThat(sweeps.finished).hasValue(1);
    assertThat(sweeps.of(BOB)).as("nothing new is begun").isZero();
  }

  @Test
  public void shouldGuardIntakeWithItsPromise() {
    RetentionSweeper sweeper = new RetentionSweeper(sweeps, tenants(), clock, Duration.ofDays(1));
    try {
      List<Promise> keeps = new RetentionFeature(sweeper).feature().keeps();
      assertThat(keeps).extracting(Promise::id).containsExactly("deleted-is-purged");
      assertThat(keeps.get(0).guards()).containsExactly(Act.INTAKE);
    } finally {
      sweeper.stop();
    }
  }

  private static Tenants tenants() {
    List<Tenant> all = List.of(tenant(ALICE, true), tenant(BOB, false));
    return new Tenants() {
      @Override
      public Optional<Tenant> find(TenantId id) {
        return all.stream().filter(t -> t.id().equals(id)).findFirst();
      }

      @Override
      public Optional<Tenant> byHost(String host) {
        return Optional.empty();
      }

      @Override
      public List<Tenant> all() {
        return all;
      }
    };
  }

  private static Tenant tenant(TenantId id, boolean suspended) {
    return new Tenant(
        id, "T", List.of(), Set.of(), Locale.ENGLISH, new Settings(Map.of()), suspended);
  }

  /** A catalogue that counts sweeps. */
  private static final class Sweeps implements Catalog {
    private final Map<TenantId, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Set<Instant> times = ConcurrentHashMap.newKeySet();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile TenantId failing = new TenantId("nobody");
    private volatile Runnable during = () -> {};

    int of(TenantId tenant) {
      return counts.getOrDefault(tenant, new AtomicInteger()).get();
    }

    @Override
    public int purgeTrash(TenantId tenant, Instant now) {
      times.add(now);
      counts.computeIfAbsent(tenant, t -> new AtomicInteger()).incrementAndGet();
      during.run();
      if (tenant.equals(failing)) {
        throw new IllegalStateException("the store is away");
      }
      return 1;
    }

    @Override
    public Optional<Track> find(TenantId tenant, TrackId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Track> findOwned(TenantId tenant, AccountId owner, TrackId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean exists(TenantId tenant, TrackId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void analysing(TenantId tenant, TrackId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void measured(TenantId tenant, TrackId id, double seconds, int rate, int channels) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void ready(TenantId tenant, TrackId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void failed(TenantId tenant, TrackId id, String reason) {
      throw new UnsupportedOperationException();
    }
  }
}
