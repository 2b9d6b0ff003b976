package org.tonekeep.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.crypto.api.KeyOwners;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;

public final class OrphanKeysTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final TestClock clock = TestClock.standing();
  private final AtomicLong ticks = new AtomicLong();
  private final Set<String> accounts = new HashSet<>();
  private final String live = UUID.randomUUID().toString();
  private final String orphan = UUID.randomUUID().toString();
  private WrappedKeys wrapped;
  private OwnerKeys owners;
  private OrphanKeys orphans;

  /** Knows owners of one kind. */
  private record Kind(String kind, Set<String> known) implements KeyOwners {
    @Override
    public boolean owns(TenantId tenant, String owner) {
      return known.contains(tenant + "/" + owner);
    }
  }

  private final KeyOwners ours = new Kind("accounts", accounts);

  @Before
  public void open() throws IOException {
    Path data = folder.getRoot().toPath().resolve("data");
    KeyPlace place = new KeyPlace.Folder(folder.getRoot().toPath().resolve("keys"), data);
    OpenKeys keys = OpenKeys.in(place, new RootKey(new byte[32]), data, clock);
    wrapped = keys.wrapped();
    owners = keys.owners();
    orphans = new OrphanKeys(wrapped, owners, clock, ticks::get);
    for (String owner : List.of(live, orphan)) {
      owners.create(ALICE, owner);
      owners.create(BOB, owner);
    }
    accounts.addAll(Set.of("alice/" + live, "bob/" + live, "bob/" + orphan));
    pass(Duration.ofHours(24));
  }

  private void pass(Duration time) {
    clock.advance(time);
    ticks.addAndGet(time.toNanos());
  }

  @Test
  public void shouldDestroyOnlyWhatIsADayOldAndWasDisownedTwiceAnHourApart() {
    assertThat(orphans.sweep(List.of(ours))).isZero();
    clock.advance(Duration.ofDays(30));
    assertThat(orphans.sweep(List.of(ours))).as("a clock that jumps").isZero();
    pass(Duration.ofHours(1));
    assertThat(orphans.sweep(List.of(ours))).isEqualTo(1);
    assertThat(owners.exists(ALICE, orphan)).isFalse();
    assertThat(owners.exists(ALICE, live)).isTrue();
    assertThat(owners.list(BOB, "", 10)).hasSize(2);
    assertThat(orphans.refusal()).isEmpty();
  }

  @Test
  public void shouldLeaveAYoungKeyAlone() {
    String young = UUID.randomUUID().toString();
    owners.create(ALICE, young);
    for (int hour = 0; hour < 23; hour++) {
      int unused = orphans.sweep(List.of(ours));
      pass(Duration.ofHours(1));
    }
    assertThat(owners.exists(ALICE, young)).isTrue();
  }

  @Test
  public void shouldDestroyNothingWhileWhoKnowsOwnersIsAbsent() {
    assertThat(sweepTwice(List.of())).isZero();
    KeyOwners jobs = new Kind("jobs", Set.of());
    orphans.remember(List.of(ours, jobs));
    assertThat(sweepTwice(List.of(ours))).isZero();
    assertThat(orphans.refusal()).hasValueSatisfying(words -> assertThat(words).contains("jobs"));
    // Also one that remembers from an earlier start.
    orphans = new OrphanKeys(wrapped, owners, clock, ticks::get);
    assertThat(sweepTwice(List.of(ours))).isZero();
    assertThat(sweepTwice(List.of(ours, jobs))).isEqualTo(1);
  }

  @Test
  public void shouldDestroyNothingBesideAnEmptyDatabase() {
    accounts.clear();
    assertThat(sweepTwice(List.of(ours))).isZero();
    assertThat(orphans.refusal())
        .hasValueSatisfying(words -> assertThat(words).contains("none is destroyed"));
    assertThat(owners.exists(ALICE, live)).isTrue();
  }

  @Test
  public void shouldDestroyNothingWhenAnOwnerCannotBeAskedFor() {
    KeyOwners failing =
        new KeyOwners() {
          @Override
          public String kind() {
            return "failing";
          }

          @Override
          public boolean owns(TenantId tenant, String owner) {
            throw new IllegalStateException("The database fails");
          }
        };
    assertThatThrownBy(() -> sweepTwice(List.of(failing)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(owners.exists(ALICE, orphan)).isTrue();
  }

  private int sweepTwice(List<KeyOwners> present) {
    int destroyed = orphans.sweep(present);
    pass(Duration.ofHours(1));
    return destroyed + orphans.sweep(present);
  }
}
