package org.tonekeep.decoder.ffmpeg.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** What a taken-over decoder process could do, shown with ffmpeg itself and no white lists. */
@RunWith(Parameterized.class)
public final class SandboxTest {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final Confinement level;
  private Sandbox sandbox;

  public SandboxTest(Confinement level) {
    this.level = level;
  }

  @Parameters(name = "{0}")
  public static List<Confinement> levels() {
    return List.of(Confinement.BWRAP, Confinement.UNSHARE);
  }

  @Before
  public void findSandbox() {
    Sandbox found = sandbox(level, Confinement.PRLIMIT);
    assumeTrue(
        "SKIPPED: " + level + " does not work on this machine, its walls were not tested",
        found.level() == level);
    sandbox = found;
  }

  private static Sandbox sandbox(Confinement... ladder) {
    return DecoderUnderTest.search(DecoderLimits.DEFAULT, ladder).found().orElseThrow();
  }

  @Test
  public void shouldNotSeeFilesOfTheMachine() throws Exception {
    Path canary = temporary.newFile("canary.wav").toPath();
    try (InputStream in =
        getClass().getResourceAsStream("/org/tonekeep/testing/kit/audio/tone.wav")) {
      Files.write(canary, in.readAllBytes());
    }
    assertThat(run("ffprobe", "-i", canary.toString())).contains("No such file or directory");
    for (String file : List.of("/etc/passwd", "/proc/self/environ", "/usr/bin/env", "/dev/null")) {
      assertThat(run("ffprobe", "-i", file)).as(file).contains("No such file or directory");
    }
    // The same canary is readable without the walls, so the probe does see what is there.
    Sandbox open = sandbox(Confinement.PRLIMIT);
    assertThat(run(open, "ffprobe", "-i", canary.toString())).contains("Stream #0:0");
  }

  @Test
  public void shouldNotReachTheNetwork() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "tcp://127.0.0.1:" + server.getLocalPort() + "?timeout=2000000";
      assertThat(run("ffprobe", "-i", url))
          .containsAnyOf("Network is unreachable", "Connection refused");
      server.setSoTimeout(100);
      assertThat(accepts(server)).isFalse();
    }
  }

  @Test
  public void shouldStartWithNoEnvironmentButTheLoadersPath() throws Exception {
    ProcessBuilder command = sandbox.command("ffmpeg", List.of("-version"));
    assertThat(command.environment()).containsOnlyKeys("LD_LIBRARY_PATH");
    assertThat(command.environment().get("LD_LIBRARY_PATH")).isEqualTo("/ff:/sys");
  }

  @Test
  public void shouldNotWriteAByte() throws Exception {
    Path input = temporary.newFile("in.raw").toPath();
    Files.write(input, new byte[100_000]);
    Path jail = Path.of(sandbox.command("ffmpeg", List.of()).directory().getPath());
    Path written = jail.resolve("ff/written.raw");
    try {
      ProcessBuilder command =
          sandbox.command(
              "ffmpeg",
              List.of(
                  "-hide_banner",
                  "-f",
                  "s16le",
                  "-i",
                  "pipe:0",
                  "-f",
                  "s16le",
                  "-y",
                  "/ff/written.raw"));
      String text = run(command.redirectInput(input.toFile()));
      if (level == Confinement.BWRAP) {
        assertThat(text).contains("Read-only file system");
        assertThat(written).doesNotExist();
      }
      assertThat(written.toFile().length()).isZero();
    } finally {
      Files.deleteIfExists(written);
    }
  }

  @Test
  public void shouldRunUnderTheResourceLimits() throws Exception {
    List<String> line = new ArrayList<>(sandbox.command("ffmpeg", List.of()).command());
    // prlimit as the confined program shows the limits that apply in there.
    line.set(line.size() - 1, "/sys/prlimit");
    line.addAll(List.of("--raw", "--noheadings", "--output=RESOURCE,SOFT"));
    ProcessBuilder command = sandbox.command("ffmpeg", List.of());
    String text = run(command.command(line));
    assertThat(text)
        .contains("AS 1073741824", "CPU 1800", "FSIZE 0", "CORE 0", "NOFILE 32", "NPROC 64");
  }

  private String run(String program, String... arguments) throws Exception {
    return run(sandbox, program, arguments);
  }

  private static String run(Sandbox box, String program, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-hide_banner", "-loglevel", "info"));
    all.addAll(List.of(arguments));
    return run(box.command(program, all));
  }

  private static String run(ProcessBuilder command) throws Exception {
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (InputStream in = process.getInputStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    }
  }

  private static boolean accepts(ServerSocket server) throws Exception {
    try {
      server.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
