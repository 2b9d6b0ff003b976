package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.time.Duration;
import org.junit.Test;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestClock;

public final class LoginThrottleTest {
  private static final String PEER = "192.0.2.7";

  private final TestClock clock = TestClock.standing();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  @Test
  public void shouldMakeTheEleventhTryWaitAndEachLaterOneLonger() {
    fail(10);

    assertThat(refusedFor("ann", PEER)).isBetween(15L, 16L);
    clock.advance(Duration.ofSeconds(10));
    assertThat(refusedFor("ann", PEER)).isBetween(5L, 6L); // a refused try does not extend it
    clock.advance(Duration.ofSeconds(6));
    fail(1);
    assertThat(refusedFor("ann", PEER)).isBetween(30L, 31L);
  }

  @Test
  public void shouldNeverMakeAnybodyWaitLongerThanFiveMinutes() {
    fail(10);
    for (int i = 0; i < 100; i++) {
      clock.advance(Duration.ofMinutes(5));
      fail(1);
      assertThat(refusedFor("ann", PEER)).isLessThanOrEqualTo(301);
    }
  }

  @Test
  public void shouldForgetAfterAQuarterOfAnHourAndAfterSuccess() {
    fail(10);
    clock.advance(Duration.ofMinutes(15));
    fail(9);
    throttle.succeeded(throttle.attempt(ALICE, "ann", PEER));
    fail(10);
    assertThat(refusedFor("ann", PEER)).isPositive();
  }

  @Test
  public void shouldCountEachTenantNameAndPeerApart() {
    fail(10);

    String unused = throttle.attempt(BOB, "ann", PEER);
    unused = throttle.attempt(ALICE, "ben", PEER);
    unused = throttle.attempt(ALICE, "ann", "192.0.2.8");
    assertThat(refusedFor("ann", PEER)).isPositive();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      String unused = throttle.attempt(ALICE, "ann", PEER);
    }
  }

  private long refusedFor(String name, String peer) {
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> throttle.attempt(ALICE, name, peer));
    assertThat(problem.status()).isEqualTo(429);
    assertThat(problem.code()).isEqualTo("too-many-attempts");
    return Long.parseLong(problem.headers().get("Retry-After"));
  }
}
