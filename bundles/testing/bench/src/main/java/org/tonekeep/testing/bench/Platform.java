package org.tonekeep.testing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Our distribution, with data and keys of its own: ready when it says so, in word and by HTTP. */
final class Platform extends Karaf {
  /** A tenant without analysis, so that nothing works behind the back of a measurement. */
  static final String QUIET = "bench";

  private final Path data;
  private final Path keys;
  private final int shell = freePort();

  Platform(Path archive, Path work) throws IOException {
    super(archive, work);
    this.data = work.resolve("data");
    this.keys = work.resolve("keys");
  }

  @Override
  Map<String, String> environment() {
    return Map.of(
        "TONEKEEP_DATA", data.toString(),
        "TONEKEEP_KEYS", keys.toString(),
        "TONEKEEP_HTTP_PORT", Integer.toString(port),
        "TONEKEEP_SSH_PORT", Integer.toString(shell));
  }

  @Override
  boolean ready() {
    return output().contains("Tonekeep is ready.") && answers("/readyz", 200);
  }

  /** Adds the tenant {@link #QUIET} while it runs, and waits for it. */
  void addQuietTenant() throws IOException {
    List<String> lines = Files.readAllLines(home.resolve("etc/tenants/demo.cfg"));
    List<String> quiet =
        lines.stream()
            .filter(line -> !line.startsWith("analysis.") && !line.startsWith("peaks."))
            .map(line -> line.startsWith("hosts =") ? "hosts =" : line)
            .map(
                line ->
                    line.startsWith("features =") ? "features = auth, profile, retention" : line)
            .toList();
    Files.write(data.resolve("tenants/org.tonekeep.tenant~" + QUIET + ".cfg"), quiet);
    Until.holds(
        "the tenant " + QUIET + " is there",
        java.time.Duration.ofSeconds(30),
        () -> answers("/t/" + QUIET + "/api/tracks", 401));
  }

  /** The ffmpeg that the decoder unpacked, as a command; the rest is its arguments. */
  ProcessBuilder ffmpeg(List<String> arguments) throws IOException {
    try (Stream<Path> tools = Files.list(data.resolve("tools"))) {
      Path folder =
          tools
              .filter(f -> f.getFileName().toString().startsWith("ffmpeg-"))
              .findFirst()
              .orElseThrow();
      List<String> command =
          Stream.concat(
                  Stream.of(folder.resolve("ff/ffmpeg").toString(), "-hide_banner", "-nostdin"),
                  arguments.stream())
              .toList();
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("LD_LIBRARY_PATH", folder.resolve("ff").toString());
      return builder.redirectErrorStream(true);
    }
  }

  /** Bytes of live objects: the heap after a full collection, in MiB. */
  double liveHeap() {
    String said =
        Processes.output(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                Long.toString(pid()),
                "GC.run"));
    if (!said.contains("successfully")) {
      throw new IllegalStateException("jcmd says: " + said);
    }
    return metric("jvm_memory_heap_used_bytes") / 1048576;
  }

  /** A line of {@code /metrics}. */
  double metric(String name) {
    try (Wire wire = new Wire(port)) {
      return wire.text("/metrics")
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
