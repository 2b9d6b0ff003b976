package org.tonekeep.testing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measures everything and prints one table. */
public final class Bench {
  private Bench() {}

  /**
   * What is measured.
   *
   * @param corpus a folder with music, or empty
   * @param work an empty folder for everything
   * @param runs of each start
   * @param uploadMebibytes size of a large upload
   * @param tracks in the list that is asked for
   * @param entries of the audit log that is verified
   */
  record Settings(
      Path distribution,
      Path stock,
      Path work,
      String corpus,
      int runs,
      long uploadMebibytes,
      int tracks,
      long entries) {
    static Settings ofSystem() {
      return new Settings(
          Path.of(System.getProperty("bench.distribution")),
          Path.of(System.getProperty("bench.stock")),
          Path.of(System.getProperty("bench.work")),
          System.getProperty("bench.corpus", ""),
          Integer.getInteger("bench.runs", 3),
          Long.getLong("bench.upload.mebibytes", 512),
          Integer.getInteger("bench.tracks", 50),
          Long.getLong("bench.entries", 1_000_000));
    }
  }

  public static void main(String[] arguments) throws IOException {
    Settings settings = Settings.ofSystem();
    Runtime.getRuntime().addShutdownHook(new Thread(Processes::endAll));
    Table table = new Table();
    List<String> parts =
        arguments.length == 0
            ? List.of(
                "start", "ready", "upload", "download", "requests", "streams", "flood", "audit")
            : List.of(arguments);
    table.section("Machine");
    Machine.describe(table);
    if (parts.contains("start")) {
      StartUps.measure(settings, table);
    }
    if (parts.contains("audit")) {
      AuditLoad.measure(settings.work(), settings.entries(), table);
    }
    if (!List.of("start", "audit").containsAll(parts)) {
      load(settings, parts, table);
    }
    table.row("load of the machine at the end", Machine.load(), "", "1, 5, 15 minutes");
    System.out.println(table);
  }

  private static void load(Settings settings, List<String> parts, Table table) throws IOException {
    Path work = settings.work();
    Platform platform = new Platform(settings.distribution(), work.resolve("load"));
    platform.start();
    try {
      platform.addQuietTenant();
      Path song = Song.make(platform, settings.corpus(), work.resolve("song.mp3"));
      platform.stop();
      platform.start();
      if (parts.contains("ready")) {
        Site demo = new Site(platform.port(), "demo");
        Uploads.untilReady(platform, demo, song, 5, table);
      }
      Site site = new Site(platform.port(), Platform.QUIET);
      if (parts.contains("upload")) {
        new Uploads(platform, site, settings.uploadMebibytes() << 20, table).measure(work);
      }
      if (parts.contains("download")) {
        new Downloads(platform, site, song, table).measure(work);
      }
      if (parts.contains("requests")) {
        new Requests(platform, site, settings.tracks(), table).measure();
      }
      if (parts.contains("streams")) {
        new Streams(platform, site, table).measure();
      }
      if (parts.contains("flood")) {
        new LoginFlood(platform, site, table).measure();
      }
    } finally {
      platform.stop();
    }
  }

  /** Removes a folder with everything in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
