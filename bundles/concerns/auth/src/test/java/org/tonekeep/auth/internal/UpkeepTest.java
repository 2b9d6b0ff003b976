package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.auth.internal.TestSites.ALICE;

import java.time.Duration;
import org.junit.Test;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.testing.kit.TestDatabase.Engine;

public final class UpkeepTest {
  @Test
  public void shouldWriteWhatIsPendingWhenItStopsAndLeaveNoThread() {
    try (TestAuth bundle = new TestAuth(Engine.DERBY)) {
      AccountId ann = bundle.accounts.create(ALICE, "ann@example.org", "").id();
      Begun begun = bundle.begin(ALICE, ann);
      Upkeep upkeep =
          new Upkeep(
              bundle.lastSeen,
              bundle.sessions,
              bundle.unconfirmed,
              bundle.requests,
              bundle.failures,
              bundle.confirmations,
              bundle.guesses,
              bundle.known);
      assertThat(threads()).isEqualTo(1);
      bundle.clock.advance(Duration.ofMinutes(2));
      assertThat(bundle.sessions.authenticate(ALICE, begun.token())).isPresent();
      String pair = bundle.known.pair(ALICE, "ann@example.org", TestAuth.PEER);
      bundle.known.note(ALICE, ann, pair, TestAuth.PEER);

      upkeep.stop();

      assertThat(threads()).isZero();
      assertThat(bundle.sessions.list(ALICE, ann).get(0).lastSeen())
          .isEqualTo(bundle.clock.instant());
      assertThat(bundle.knownStore.times(ALICE, ann)).hasSize(1);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().equals("auth-upkeep"))
        .count();
  }
}
