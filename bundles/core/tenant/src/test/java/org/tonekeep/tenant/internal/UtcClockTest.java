package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.Test;

public class UtcClockTest {
  private final Clock clock = new UtcClock();

  @Test
  public void shouldTellUtcInWholeMilliseconds() {
    Instant now = clock.instant();

    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    assertThat(now).isEqualTo(Instant.ofEpochMilli(now.toEpochMilli()));
    assertThat(Duration.between(now, clock.instant()))
        .isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }

  @Test
  public void shouldStayInWholeMillisecondsInAnotherZone() {
    Clock there = clock.withZone(ZoneId.of("Asia/Tokyo"));

    assertThat(there.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    Instant now = there.instant();
    assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
  }
}
