package org.tonekeep.testing.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How fast large files come in, and what memory that takes. */
final class Uploads {
  private static final String BOUNDARY = "tonekeep-bench";
  private static final int AT_ONCE = 4;

  private final Platform platform;
  private final Site site;
  private final long length;
  private final Table table;

  Uploads(Platform platform, Site site, long length, Table table) {
    this.platform = platform;
    this.site = site;
    this.length = length;
    this.table = table;
  }

  void measure(Path work) throws IOException {
    String size = (length >> 20) + " MiB WAV";
    table.section(
        "Upload (" + size + ", made by the client while it is sent; tenant without analysis)");
    raw(length / 8);
    multipart(length / 8);
    double live = platform.liveHeap();
    double resident = Processes.mebibytes(platform.pid(), "VmRSS");
    Gauge gauge = new Gauge(platform);
    try {
      row("raw body", this::raw);
      row("multipart", this::multipart);
      long start = System.nanoTime();
      Load.together(AT_ONCE, number -> raw(length));
      double rate = AT_ONCE * length / 1e6 / Until.seconds(start);
      table.row("raw body, " + AT_ONCE + " at once, together", rate, "MB/s", "");
    } finally {
      gauge.end();
    }
    table.row(
        "resident memory while uploading, most",
        gauge.resident(),
        "MiB",
        String.format(Locale.ROOT, "%.0f MiB before", resident));
    table.row("heap while uploading, most, with garbage", gauge.heap(), "MiB", "of 768 MiB");
    table.row(
        "live heap after all uploads",
        platform.liveHeap(),
        "MiB",
        String.format(
            Locale.ROOT, "%.1f MiB before; %d MiB went through", live, 10 * (length >> 20)));
    site.empty();
    table.row("yardstick: SHA-256, one thread", hashing(), "MB/s", "the same bytes, nothing else");
    table.row("yardstick: write and fsync", writing(work), "MB/s", "the same bytes, same disk");
  }

  /** A way to send so many bytes; answers with the seconds. */
  private interface Way {
    double send(long bytes) throws IOException;
  }

  private void row(String name, Way way) throws IOException {
    List<Double> rates = new ArrayList<>();
    double cpu = Processes.cpuSeconds(platform.pid());
    for (int i = 0; i < 3; i++) {
      rates.add(length / 1e6 / way.send(length));
    }
    double perGigabyte = (Processes.cpuSeconds(platform.pid()) - cpu) / (3 * length / 1e9);
    table.row(
        name,
        Spread.of(rates),
        "MB/s",
        String.format(Locale.ROOT, "server CPU %.1f s/GB", perGigabyte));
  }

  private double raw(long bytes) throws IOException {
    return post("/api/tracks?title=raw", "audio/wav", bytes, Sound.wav(bytes));
  }

  private double multipart(long bytes) throws IOException {
    byte[] before =
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                + "Content-Type: audio/wav\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] after = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    InputStream body =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(before),
                    Sound.wav(bytes),
                    new ByteArrayInputStream(after))));
    return post(
        "/api/tracks",
        "multipart/form-data; boundary=" + BOUNDARY,
        bytes + before.length + after.length,
        body);
  }

  private double post(String path, String type, long bytes, InputStream body) throws IOException {
    try (Wire wire = new Wire(platform.port())) {
      long start = System.nanoTime();
      int status =
          wire.post(site.path(path), site.session() + "Content-Type: " + type + "\r\n", bytes, body)
              .status();
      double seconds = Until.seconds(start);
      if (status != 201) {
        throw new IOException("An upload was answered with " + status);
      }
      return seconds;
    }
  }

  /** How long a musician waits: from the first byte of the upload to the finished analysis. */
  static void untilReady(Platform platform, Site demo, Path mp3, int runs, Table table)
      throws IOException {
    long size = Files.size(mp3);
    List<Double> ready = new ArrayList<>();
    List<Double> taken = new ArrayList<>();
    table.section(
        String.format(
            Locale.ROOT,
            "Upload to ready (an MP3 of 4 minutes, %.1f MB, with analysis)",
            size / 1e6));
    for (int i = 0; i <= runs; i++) {
      long start = System.nanoTime();
      JsonNode track = demo.upload("song" + i, size, () -> Uploads.open(mp3));
      taken.add(Until.seconds(start));
      String id = track.path("id").asText();
      Until.holds("the analysis", java.time.Duration.ofMinutes(2), () -> ended(demo, id));
      ready.add(Until.seconds(start));
    }
    table.row("to ready, the first after the start", ready.get(0), "s", "");
    Spread later = Spread.of(ready.subList(1, ready.size()));
    table.row(
        "to ready, later",
        later,
        "s",
        String.format(Locale.ROOT, "%.0f times real time", 240 / later.median()));
    table.row("of that, until 201", Spread.of(taken.subList(1, taken.size())), "s", "");
    demo.empty();
  }

  private static boolean ended(Site site, String id) {
    try {
      String state = site.track(id).path("state").asText();
      if (state.equals("failed")) {
        throw new IllegalStateException("The analysis failed: " + site.track(id));
      }
      return state.equals("ready");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private double hashing() throws IOException {
    try (InputStream bytes = Sound.wav(length)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[64 << 10];
      long start = System.nanoTime();
      for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
        digest.update(piece, 0, read);
      }
      int used = digest.digest().length;
      return used * length / 32e6 / Until.seconds(start);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private double writing(Path work) throws IOException {
    Path file = work.resolve("yardstick");
    try (InputStream bytes = Sound.wav(length);
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] piece = new byte[64 << 10];
      long start = System.nanoTime();
      for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
        channel.write(ByteBuffer.wrap(piece, 0, read));
      }
      channel.force(true);
      return length / 1e6 / Until.seconds(start);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
