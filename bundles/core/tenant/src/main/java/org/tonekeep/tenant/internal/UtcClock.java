package org.tonekeep.tenant.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.osgi.service.component.annotations.Component;

/**
 * The one clock of the installation: UTC in whole milliseconds, so that an instant is the same
 * before and after it was stored.
 */
@Component(service = Clock.class)
public final class UtcClock extends Clock {
  private final Clock millis = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return millis.withZone(zone);
  }

  @Override
  public Instant instant() {
    return millis.instant();
  }
}
