package org.tonekeep.testing.rules.planted.tenant.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The one class that may ask the machine. */
public final class GoodClock extends Clock {
  private final Clock machine = Clock.systemUTC();

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return machine.withZone(zone);
  }

  @Override
  public Instant instant() {
    return machine.instant();
  }
}
