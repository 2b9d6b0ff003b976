package org.tonekeep.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Another 40 points each day; {@code bench/run inject} tries all. */
public final class InjectionTest {
  private static final int POINTS = Integer.getInteger("tonekeep.points", 40);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void shouldKeepEveryPromiseWhateverCallFailsOrKills() throws Exception {
    Path work = folder.getRoot().toPath();
    assumeTrue("strace may not attach here", Inject.possible(work));
    long seed = Long.getLong("tonekeep.points.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay());

    Inject.Outcome outcome = Inject.run(work, POINTS, seed, System.out);

    System.out.println(outcome.summary() + " (-Dtonekeep.points.seed=" + seed + ")");
    assertThat(outcome.wrong()).isEmpty();
  }
}
