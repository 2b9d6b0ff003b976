package org.tonekeep.testing.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Requests per second of the list of tracks, with the lightest request beside it. */
final class Requests {
  private static final Duration WARM = Duration.ofSeconds(12);
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int CLIENTS = 8;

  private final Platform platform;
  private final Site site;
  private final int tracks;
  private final Table table;

  Requests(Platform platform, Site site, int tracks, Table table) {
    this.platform = platform;
    this.site = site;
    this.tracks = tracks;
    this.table = table;
  }

  void measure() throws IOException {
    table.section("Requests (" + CLIENTS + " clients, signed in, " + tracks + " tracks)");
    for (int i = 0; i < tracks; i++) {
      site.upload("track" + i, Sound.BYTES_PER_SECOND, () -> Sound.wav(Sound.BYTES_PER_SECOND));
    }
    int found = site.tracks().path("items").size();
    if (found != Math.min(tracks, 200)) {
      throw new IllegalStateException(found + " of " + tracks + " tracks are listed");
    }
    row("GET /healthz", "/healthz", "");
    row("GET /api/tracks?limit=1", site.path("/api/tracks?limit=1"), site.session());
    row("GET /api/tracks, a page of 50", site.path("/api/tracks"), site.session());
    site.empty();
  }

  private void row(String name, String path, String headers) {
    Load load = new Load(platform.port(), List.of(platform.pid()));
    Load.Question question = (wire, random) -> wire.get(path, headers);
    load.run(CLIENTS, WARM, 200, question);
    List<Load.Result> results = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      results.add(load.run(CLIENTS, TIME, 200, question));
    }
    Load.Result middle = results.get(1);
    table.row(
        name,
        Spread.of(results.stream().map(Load.Result::perSecond).toList()),
        "req/s",
        String.format(
            Locale.ROOT,
            "%s, server CPU %.0f µs/req, %.1f KB/answer",
            middle.latency(),
            middle.microsPerRequest(),
            middle.bytes() / 1e3 / middle.count()));
  }
}
