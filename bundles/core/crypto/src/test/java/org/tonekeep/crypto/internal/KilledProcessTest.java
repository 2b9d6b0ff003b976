package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.crypto.api.OwnerKeys.Owned;
import org.tonekeep.testing.kit.TestClock;

/** A process that is killed while it makes keys loses none that it had acknowledged. */
public final class KilledProcessTest {
  private static final int ROUNDS = 2;
  private static final int ACKNOWLEDGED = 60;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void shouldKeepEveryAcknowledgedKeyAndNoPartOfAnother() throws Exception {
    Path home = folder.getRoot().toPath();
    List<String> made = new ArrayList<>();
    List<String> destroyed = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      for (String line : runAndKill(home, ACKNOWLEDGED + 7 * round)) {
        (line.startsWith("+") ? made : destroyed).add(line.substring(1));
      }
      OpenKeys keys = KeyLoop.open(home, TestClock.standing());
      assertThat(destroyed).isNotEmpty();
      for (String owner : made) {
        if (!destroyed.contains(owner) && keys.owners().exists(KeyLoop.TENANT, owner)) {
          byte[] sealed = keys.owners().seal(KeyLoop.TENANT, owner, "t.c", new byte[1]);
          assertThat(keys.owners().open(KeyLoop.TENANT, owner, "t.c", sealed)).hasSize(1);
        } else {
          // Every third is destroyed by the loop, which may have died before it could say so.
          assertThat(KeyLoop.isDestroyed(owner)).isTrue();
        }
      }
      assertThat(destroyed).noneMatch(owner -> keys.owners().exists(KeyLoop.TENANT, owner));
      for (Owned owned : keys.owners().list(KeyLoop.TENANT, "", 1000)) {
        assertThat(keys.owners().seal(KeyLoop.TENANT, owned.owner(), "t.c", new byte[1]))
            .isNotEmpty();
      }
    }
  }

  private static List<String> runAndKill(Path home, int enough)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                KeyLoop.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (said.size() == enough) {
          // By the handle: Process.destroyForcibly would also close the pipe that is read here.
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor()).isEqualTo(128 + 9);
    assertThat(said).hasSizeGreaterThanOrEqualTo(enough);
    // The pipe may end in half a line.
    return said.stream().filter(line -> line.matches("[+-].{36}")).toList();
  }
}
