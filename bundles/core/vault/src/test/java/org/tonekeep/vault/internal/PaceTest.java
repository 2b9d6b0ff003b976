package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

public final class PaceTest {
  @Test
  public void shouldReadNoFasterThanItMay() throws IOException {
    AtomicInteger beats = new AtomicInteger();
    Pace pace = new Pace(100_000, System::nanoTime, beats::incrementAndGet);
    long start = System.nanoTime();
    byte[] first = pace.over(new ByteArrayInputStream(new byte[30_000])).readAllBytes();
    byte[] second = pace.over(new ByteArrayInputStream(new byte[25_000])).readAllBytes();
    assertThat(first.length + second.length).isEqualTo(55_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
    assertThat(beats.get()).isGreaterThan(5);
  }

  @Test
  public void shouldStopWhenItsThreadIsInterrupted() throws IOException {
    Pace pace = new Pace(10, System::nanoTime, () -> {});
    InputStream slow = pace.over(new ByteArrayInputStream(new byte[100]));
    assertThat(slow.read()).isZero();
    Thread.currentThread().interrupt();
    assertThatThrownBy(slow::readAllBytes).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
