package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestTenants;

public class AttemptLimitsTest {
  private static final TenantId ALICE = TestTenants.ALICE;
  private static final TenantId BOB = TestTenants.BOB;
  private static final LimitedAct LOGIN = LimitedAct.LOGIN;

  private final TestClock clock = TestClock.standing();
  private final TestTenants tenants = new TestTenants();
  private final Metrics metrics = new Metrics();
  private final AttemptLimits limits = new AttemptLimits(tenants, metrics, clock);

  private boolean may(TenantId tenant, String subject, String network) {
    try {
      limits.take(tenant, LOGIN, subject, network);
      return true;
    } catch (ProblemException e) {
      assertThat(e.status()).isEqualTo(429);
      assertThat(e.code()).isEqualTo("too-many-attempts");
      assertThat(Integer.parseInt(e.headers().get("Retry-After"))).isPositive();
      assertThat(e.headers())
          .containsKeys("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
      return false;
    }
  }

  private int tries(TenantId tenant, String subject, String network) {
    int passed = 0;
    while (passed < 10_000 && may(tenant, subject, network)) {
      passed++;
    }
    return passed;
  }

  @Test
  public void shouldEndTheTriesOfOneNetworkAndGiveThemBackInTime() {
    assertThat(tries(ALICE, "owner", "n1")).isEqualTo(10);
    clock.advance(Duration.ofSeconds(89));
    assertThat(may(ALICE, "owner", "n1")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(tries(ALICE, "owner", "n1")).isEqualTo(1);
    clock.advance(Duration.ofMinutes(15));
    assertThat(tries(ALICE, "owner", "n1")).isEqualTo(10);
  }

  @Test
  public void shouldNeverLockTheOwnerOutByGuessesFromElsewhere() {
    for (int network = 0; network < 200; network++) {
      assertThat(tries(ALICE, "owner", "stranger-" + network)).isBetween(2, 10);
    }
    assertThat(tries(ALICE, "owner", "stranger-200")).isEqualTo(2);
    assertThat(may(ALICE, "owner", "home")).isTrue();
    assertThat(may(ALICE, "owner", "home")).isTrue();
    limits.succeeded(ALICE, LOGIN, "owner", "home");
    assertThat(may(ALICE, "owner", "home")).isTrue();
  }

  @Test
  public void shouldBoundWhatAllNetworksTogetherGuess() {
    int guesses = 0;
    for (int network = 0; network < 50; network++) {
      guesses += tries(ALICE, "owner", "stranger-" + network);
    }
    assertThat(guesses).isEqualTo(50 * 2 + 10);

    guesses = 0;
    for (int tick = 0; tick < 40; tick++) {
      clock.advance(Duration.ofSeconds(90));
      for (int network = 0; network < 50; network++) {
        guesses += may(ALICE, "owner", "stranger-" + network) ? 1 : 0;
      }
    }
    assertThat(guesses).as("in an hour").isLessThanOrEqualTo(4 * (50 * 2 + 10));
    assertThat(may(ALICE, "owner", "home")).isTrue();
    assertThat(may(ALICE, "owner", "home")).isTrue();
  }

  @Test
  public void shouldBoundWhatNeighboursTogetherGuessButNotWhereTheOwnerIsKnown() {
    assertThat(may(ALICE, "owner", "home/address/around")).isTrue();
    limits.succeeded(ALICE, LOGIN, "owner", "home/address/around");
    int guesses = 0;
    for (int network = 0; network < 90; network++) {
      guesses += tries(ALICE, "owner", "own-" + network + "/address-" + network + "/around");
    }
    assertThat(guesses).isLessThanOrEqualTo(10 + 10);
    assertThat(may(ALICE, "owner", "home/address/around")).isTrue();
    assertThat(may(ALICE, "owner", "home/address/around")).isTrue();
  }

  @Test
  public void shouldTakeAnAddressForOneNetworkWhateverItsUserAgent() {
    int passed = 0;
    while (passed < 1000 && may(ALICE, "name-" + passed, "family-" + passed % 9 + "/address")) {
      passed++;
    }
    assertThat(passed).isEqualTo(100);
  }

  @Test
  public void shouldLeaveOwnersEveryWayInWhenStrangersHaveEmptiedTheWholeTenant() {
    tenants.set(ALICE, LimitKeys.of(LOGIN).tenant(), "5/PT15M");
    tenants.set(ALICE, LimitKeys.of(LimitedAct.RESET).tenant(), "5/PT1H");
    for (int i = 0; i < 5; i++) {
      limits.take(ALICE, LOGIN, "", "stranger-" + i);
      limits.take(ALICE, LimitedAct.RESET, "", "stranger-" + i);
    }
    limits.take(ALICE, LimitedAct.RESET, "owner", "home");
    for (int signIn = 0; signIn < 3; signIn++) {
      assertThat(may(ALICE, "", "home")).as("options of a passkey").isTrue();
      assertThat(may(ALICE, "", "home")).as("its answer").isTrue();
      limits.succeeded(ALICE, LOGIN, "", "home");
    }
  }

  @Test
  public void shouldGiveTheTriesOfThePairBackToTheOwner() {
    for (int i = 0; i < 30; i++) {
      assertThat(may(ALICE, "owner", "home")).isTrue();
      limits.succeeded(ALICE, LOGIN, "owner", "home");
    }
  }

  @Test
  public void shouldTakeANameForTheSameHoweverItIsTyped() {
    for (int i = 0; i < 10; i++) {
      assertThat(may(ALICE, i % 2 == 0 ? "Owner " : "oWNER", "n1")).isTrue();
    }
    assertThat(may(ALICE, "owner", "n1")).isFalse();
  }

  @Test
  public void shouldLimitANetworkWhateverNamesItTries() {
    int passed = 0;
    while (passed < 1000 && may(ALICE, "name-" + passed, "n1")) {
      passed++;
    }
    assertThat(passed).isEqualTo(100);
    assertThat(may(ALICE, "name-0", "n2")).isTrue();
    assertThat(metrics.render())
        .contains("tonekeep_limited_total{act=\"login\",by=\"network\"} 1")
        .doesNotContain("name-");
  }

  @Test
  public void shouldLimitTheTenantAndNoOther() {
    tenants.set(ALICE, LimitKeys.of(LimitedAct.SIGNUP).tenant(), "5/PT1M");
    for (int i = 0; i < 5; i++) {
      limits.take(ALICE, LimitedAct.SIGNUP, "name-" + i, "n-" + i);
    }
    assertThatThrownBy(() -> limits.take(ALICE, LimitedAct.SIGNUP, "name-5", "n-5"))
        .isInstanceOf(ProblemException.class);
    limits.take(BOB, LimitedAct.SIGNUP, "name-0", "n-0");
  }

  @Test
  public void shouldLetOwnersInWhenStrangersHaveEmptiedTheWholeTenant() {
    tenants.set(ALICE, LimitKeys.of(LOGIN).tenant(), "5/PT15M");
    for (int i = 0; i < 100; i++) {
      boolean unused = may(ALICE, "victim", "stranger-" + i % 3);
    }
    assertThat(may(ALICE, "victim", "stranger-0")).isFalse();

    assertThat(may(ALICE, "owner", "home")).isTrue();
    assertThat(may(ALICE, "owner", "home")).isTrue();
    assertThat(may(ALICE, "owner", "home")).as("a third try").isFalse();
  }

  @Test
  public void shouldCountActsApartAndARefusedTryNowhere() {
    assertThat(tries(ALICE, "owner", "n1")).isEqualTo(10);
    for (int i = 0; i < 500; i++) {
      assertThat(may(ALICE, "owner", "n1")).isFalse();
    }
    assertThat(may(ALICE, "other", "n1")).isTrue();
    limits.take(ALICE, LimitedAct.RESET, "owner", "n1");
  }

  @Test
  public void shouldTakeAChangedRateAtOnce() {
    assertThat(tries(ALICE, "owner", "n1")).isEqualTo(10);
    tenants.set(ALICE, LimitKeys.of(LOGIN).subject(), "20/PT15M");
    assertThat(tries(ALICE, "owner", "n1")).isEqualTo(20);
  }

  @Test
  public void shouldStayBoundedWhereTheTenantHasNoLimitToSpeakOf() {
    tenants.set(ALICE, LimitKeys.of(LOGIN).tenant(), "9999999/PT1S");
    for (int i = 0; i < 60_000; i++) {
      assertThat(may(ALICE, "name-" + i, "n-" + i)).isTrue();
    }
    assertThat(limits.size(ALICE)).isEqualTo(3 * Shelf.MOST);
  }

  @Test
  public void shouldRefuseWhatIsNoRate() {
    for (String wrong :
        List.of("", "10", "0/PT1M", "-1/PT1M", "10/", "10/1m", "10/PT0S", "10/P2D", "x/PT1M")) {
      assertThatThrownBy(() -> Rate.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expected ");
    }
    assertThat(new LimitKeys().keys()).hasSize(3 * LimitedAct.values().length);
  }
}
