package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.tonekeep.rest.api.ProblemException;

public class PaceTest {
  private long now = 5;

  private void pass(long seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  public void shouldLetASlowStartPass() {
    Pace pace = Pace.ofJson(() -> now);
    pace.reading();
    pass(19);

    pace.arrived(1);
  }

  @Test
  public void shouldEndADrip() {
    Pace pace = Pace.ofUpload(() -> now);
    pace.reading();
    pass(8);
    pace.arrived(1);
    pass(8);
    pace.arrived(1);
    pass(8);

    ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> pace.arrived(1));

    assertThat(thrown.status()).isEqualTo(408);
    assertThat(thrown.code()).isEqualTo("too-slow");
    assertThat(thrown.headers()).containsEntry("Connection", "close");
  }

  @Test
  public void shouldLetAnUploadTakeHoursAtAFairPace() {
    Pace pace = Pace.ofUpload(() -> now);
    pace.reading();
    for (int hour = 0; hour < 5; hour++) {
      pass(3600);
      pace.arrived(3600 * 2048);
    }
  }

  @Test
  public void shouldEndJsonAfterAMinuteHoweverFast() {
    Pace pace = Pace.ofJson(() -> now);
    pace.reading();
    pass(61);

    assertThat(catchThrowableOfType(ProblemException.class, () -> pace.arrived(900_000)))
        .isNotNull();
  }

  @Test
  public void shouldNotCountTheTimeBeforeTheFirstRead() {
    Pace pace = Pace.ofJson(() -> now);
    pass(300);
    pace.reading();
    pass(1);

    pace.arrived(10);
  }
}
