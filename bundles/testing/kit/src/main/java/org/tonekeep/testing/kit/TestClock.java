package org.tonekeep.testing.kit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A UTC clock that stands until a test turns it. Thread-safe. */
public final class TestClock extends Clock {
  private final AtomicLong now;

  public TestClock(Instant start) {
    this.now = new AtomicLong(start.toEpochMilli());
  }

  /** A clock that shows 2026-11-01T12:00:00Z. */
  public static TestClock standing() {
    return new TestClock(Instant.parse("2026-11-01T12:00:00Z"));
  }

  public void advance(Duration by) {
    now.addAndGet(by.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    if (!zone.equals(ZoneOffset.UTC)) {
      throw new IllegalArgumentException("Tonekeep's clock is UTC");
    }
    return this;
  }
}
