package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Patience;

/**
 * {@code kill -9} again and again, while people sign up, upload in one piece and in many, delete,
 * make keys and change passwords. Five rounds, or as many as {@code -Dtonekeep.kills} says.
 */
public class KillRoundsIT {
  private static final int ROUNDS = Integer.getInteger("tonekeep.kills", 5);
  private static final int ACTS = 12;

  private static Distribution platform;

  @BeforeClass
  public static void boot() throws Exception {
    platform = Distribution.unpack();
    platform.launch("run").awaitReady();
  }

  @AfterClass
  public static void close() throws IOException {
    platform.close();
  }

  @Test
  public void shouldKeepWhatItPromisedHoweverOftenItIsKilled() throws Exception {
    Random random = new Random();
    long acts = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      MixedLoad load = new MixedLoad(platform);
      int done = load.untilKilledAfter(ACTS + random.nextInt(ACTS));
      acts += done;
      platform.launch("run").awaitReady();
      load.assertKept();
      assertVerifies();
      System.out.printf("Round %d: %d acts kept%n", round, done);
    }
    System.out.printf("%d rounds of kill -9, %d acts promised, none lost%n", ROUNDS, acts);
  }

  /** The log's tree, and each stored byte against its row. */
  private static void assertVerifies() throws Exception {
    said("tonekeep:audit-verify -t demo", "entries are as they were written", "NOT as it was");
    said("tonekeep:blob-check -t demo", "All is as it was stored", "NOT all as they were");
  }

  private static void said(String command, String good, String bad) throws Exception {
    platform.type(command + "\n");
    Patience.until(
        command + " has answered",
        () -> platform.output().contains(good) || platform.output().contains(bad));
    assertThat(platform.output()).contains(good).doesNotContain(bad);
  }
}
