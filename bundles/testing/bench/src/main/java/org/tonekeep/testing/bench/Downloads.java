package org.tonekeep.testing.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file behind a signed address, beside nginx serving the same file, in turns. */
final class Downloads {
  private static final Duration WARM = Duration.ofSeconds(5);
  private static final Duration TIME = Duration.ofSeconds(4);
  private static final int ROUNDS = 3;
  private static final int RANGE = 64 << 10;

  private final Platform platform;
  private final Site site;
  private final Path mp3;
  private final Table table;

  Downloads(Platform platform, Site site, Path mp3, Table table) {
    this.platform = platform;
    this.site = site;
    this.mp3 = mp3;
    this.table = table;
  }

  void measure(Path work) throws IOException {
    long size = Files.size(mp3);
    table.section(
        String.format(
            Locale.ROOT,
            "Signed address, an MP3 of %.1f MB, beside nginx; same client, in turns",
            size / 1e6));
    Files.copy(mp3, Nginx.folder(work).resolve("song.mp3"));
    JsonNode track = site.upload("song", size, () -> Uploads.open(mp3));
    Optional<Nginx> nginx = Nginx.start(work);
    try (Nginx peer = nginx.orElse(null)) {
      if (peer == null) {
        table.row("nginx", "missing", "", "skipped: install nginx-light to compare");
      }
      compare(track, peer, "whole file, 1 client", 1, 200, 0);
      compare(track, peer, "whole file, 8 clients", 8, 200, 0);
      compare(track, peer, "64 KiB ranges, 8 clients", 8, 206, size);
    }
    site.empty();
  }

  private void compare(
      JsonNode track, @Nullable Nginx peer, String name, int clients, int status, long ranges)
      throws IOException {
    Load ours = new Load(platform.port(), List.of(platform.pid()));
    List<Load.Result> us = new ArrayList<>();
    List<Load.Result> them = new ArrayList<>();
    ours.run(clients, WARM, status, question(site.address(track), ranges));
    for (int round = 0; round < ROUNDS; round++) {
      us.add(ours.run(clients, TIME, status, question(site.address(track), ranges)));
      if (peer != null) {
        Load theirs = new Load(peer.port(), peer.workers());
        them.add(theirs.run(clients, TIME, status, question("/song.mp3", ranges)));
      }
    }
    print(name + ", Tonekeep", us, ranges > 0);
    if (peer != null) {
      print(name + ", nginx", them, ranges > 0);
    }
  }

  private static Load.Question question(String path, long ranges) {
    if (ranges == 0) {
      return (wire, random) -> wire.get(path, "");
    }
    return (wire, random) -> {
      long first = random.nextLong(ranges - RANGE);
      return wire.get(path, "Range: bytes=" + first + "-" + (first + RANGE - 1) + "\r\n");
    };
  }

  private void print(String name, List<Load.Result> results, boolean ranges) {
    Load.Result middle = results.get(results.size() / 2);
    if (ranges) {
      table.row(
          name,
          Spread.of(results.stream().map(Load.Result::perSecond).toList()),
          "req/s",
          String.format(
              Locale.ROOT,
              "%s, server CPU %.0f µs/req",
              middle.latency(),
              middle.microsPerRequest()));
    } else {
      table.row(
          name,
          Spread.of(results.stream().map(Load.Result::megabytes).toList()),
          "MB/s",
          String.format(Locale.ROOT, "server CPU %.2f s/GB", middle.serverSecondsPerGigabyte()));
    }
  }
}
