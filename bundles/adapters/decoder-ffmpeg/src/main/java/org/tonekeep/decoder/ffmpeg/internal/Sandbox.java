package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes command lines that run a program of the {@link Jail} locked in. Which level this machine
 * allows is found by trying: each rung of the ladder must really start ffmpeg.
 */
final class Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

  private final Jail jail;
  private final Path prlimit;
  private final DecoderLimits limits;
  private final Confinement level;

  private Sandbox(Jail jail, Path prlimit, DecoderLimits limits, Confinement level) {
    this.jail = jail;
    this.prlimit = prlimit;
    this.limits = limits;
    this.level = level;
  }

  /**
   * Finds the tightest level that works here.
   *
   * @param ladder levels to try, in this order
   * @throws IOException when none works, saying why
   */
  static Sandbox find(Jail jail, DecoderLimits limits, List<Confinement> ladder)
      throws IOException, InterruptedException {
    Path prlimit =
        program("prlimit")
            .orElseThrow(() -> new IOException("This machine has no prlimit (util-linux)"));
    jail.prepare(prlimit);
    for (Confinement level : ladder) {
      Sandbox sandbox = new Sandbox(jail, prlimit, limits, level);
      if (level != Confinement.NONE && sandbox.works()) {
        return sandbox;
      }
      LOG.debug("The decoder cannot be confined by {} on this machine", level.word());
    }
    throw new IOException("ffmpeg does not start on this machine");
  }

  Confinement level() {
    return level;
  }

  /**
   * A builder for a program of the jail with an environment that holds the loader's path only.
   *
   * @param program its name, such as {@code ffmpeg}
   */
  ProcessBuilder command(String program, List<String> arguments) {
    List<String> line = new ArrayList<>();
    String libraryPath = Jail.LIBRARY_PATH;
    switch (level) {
      case BWRAP -> {
        line.add(executable("bwrap"));
        line.addAll(List.of("--unshare-all", "--die-with-parent", "--new-session", "--clearenv"));
        line.addAll(List.of("--uid", "65534", "--gid", "65534", "--hostname", "decoder"));
        line.addAll(List.of("--ro-bind", jail.root().toString(), "/", "--chdir", "/"));
        line.addAll(List.of("--setenv", "LD_LIBRARY_PATH", Jail.LIBRARY_PATH, "--"));
        line.add("/sys/prlimit");
        line.addAll(resourceLimits(true));
        line.add("/ff/" + program);
      }
      case UNSHARE -> {
        line.add(executable("unshare"));
        line.addAll(List.of("--user", "--map-user=65534", "--map-group=65534", "--net", "--ipc"));
        line.addAll(List.of("--uts", "--pid", "--cgroup", "--mount", "--kill-child"));
        line.addAll(List.of("--root=" + jail.root(), "--wd=/", "--", "/sys/prlimit"));
        line.addAll(resourceLimits(true));
        line.add("/ff/" + program);
      }
      case PRLIMIT, NONE -> {
        libraryPath = jail.programs().toString();
        line.add(prlimit.toString());
        // Counts every thread of the user here, so no limit of processes.
        line.addAll(resourceLimits(false));
        line.add(jail.programs().resolve(program).toString());
      }
    }
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line).directory(jail.root().toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("LD_LIBRARY_PATH", libraryPath));
    return builder;
  }

  private List<String> resourceLimits(boolean ownUser) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--as=" + limits.addressSpace(),
                "--cpu=" + limits.cpu().toSeconds(),
                "--fsize=0",
                "--core=0",
                "--nofile=32"));
    if (ownUser) {
      options.add("--nproc=" + limits.processes());
    }
    return options;
  }

  /** Whether ffmpeg really starts in it. */
  boolean works() throws InterruptedException {
    if ((level == Confinement.BWRAP && program("bwrap").isEmpty())
        || (level == Confinement.UNSHARE && program("unshare").isEmpty())) {
      return false;
    }
    Process process;
    try {
      process = command("ffmpeg", List.of("-version")).redirectErrorStream(true).start();
    } catch (IOException e) {
      LOG.debug("{} does not start", level.word(), e);
      return false;
    }
    try (InputStream in = process.getInputStream()) {
      process.getOutputStream().close();
      String text = new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(20, TimeUnit.SECONDS);
      if (ended && process.exitValue() == 0 && text.contains("ffmpeg version")) {
        return true;
      }
      LOG.debug("{}: {}", level.word(), text);
    } catch (IOException e) {
      LOG.debug("{} broke off", level.word(), e);
    } finally {
      process.destroyForcibly();
    }
    return false;
  }

  private static String executable(String name) {
    return program(name).map(Path::toString).orElse(name);
  }

  /** A program of this machine. */
  static Optional<Path> program(String name) {
    for (String folder : PATH.split(":", -1)) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
