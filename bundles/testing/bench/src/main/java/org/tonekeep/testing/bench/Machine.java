package org.tonekeep.testing.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where it was measured, without which no figure means anything. */
final class Machine {
  private Machine() {}

  static void describe(Table table) {
    table.row(
        "processors",
        Integer.toString(Runtime.getRuntime().availableProcessors()),
        "",
        line("/proc/cpuinfo", "model name"));
    table.row("memory", Double.toString(gibibytes()), "GiB", "");
    table.row(
        "Java",
        System.getProperty("java.version"),
        "",
        System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.version"));
    table.row(
        "system",
        System.getProperty("os.version"),
        "",
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    Nginx.program()
        .ifPresent(
            p ->
                table.row(
                    "nginx",
                    Nginx.version(p).lines().findFirst().orElse("").replaceAll(".*/", ""),
                    "",
                    ""));
    table.row("load of the machine at the begin", load(), "", "1, 5, 15 minutes");
  }

  /** The load averages. */
  static String load() {
    return String.join(" ", List.of(read("/proc/loadavg").split(" ")).subList(0, 3));
  }

  private static double gibibytes() {
    return Math.round(
            Long.parseLong(line("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 104857.6)
        / 10.0;
  }

  private static String line(String file, String name) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
