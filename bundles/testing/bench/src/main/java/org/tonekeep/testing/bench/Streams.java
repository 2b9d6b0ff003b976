package org.tonekeep.testing.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Five hundred listeners who take what they hear and no more. */
final class Streams {
  private static final int CLIENTS = 500;
  private static final int MOST_THREADS = 250;

  /** 320 kbit/s, the best MP3 there is. */
  private static final int BYTES_PER_SECOND = 40_000;

  private static final int STEPS_PER_SECOND = 10;
  private static final int WINDOW = 16 << 10;
  private static final Duration TIME = Duration.ofSeconds(10);

  private final Platform platform;
  private final Site site;
  private final Table table;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Streams(Platform platform, Site site, Table table) {
    this.platform = platform;
    this.site = site;
    this.table = table;
  }

  void measure() throws IOException {
    table.section(CLIENTS + " clients streaming at 320 kbit/s each");
    // Long enough that no buffer on the way holds it.
    long length = 64L << 20;
    JsonNode track = site.upload("long", length, () -> Sound.wav(length));
    String path = site.address(track);
    double live = platform.liveHeap();
    double resident = Processes.mebibytes(platform.pid(), "VmRSS");
    double threads = platform.metric("jvm_threads");
    double cpu = Processes.cpuSeconds(platform.pid());
    CountDownLatch flowing = new CountDownLatch(CLIENTS);
    ExecutorService listeners = Executors.newFixedThreadPool(CLIENTS);
    double liveThen;
    double inFlight;
    Gauge gauge = new Gauge(platform);
    try {
      for (int i = 0; i < CLIENTS; i++) {
        listeners.execute(() -> listen(path, flowing));
      }
      Until.holds("all streams flow", Duration.ofSeconds(90), () -> flowing.getCount() == 0);
      long start = System.nanoTime();
      Until.holds(
          "the streams were watched",
          TIME.multipliedBy(2),
          () -> Until.seconds(start) > TIME.toSeconds());
      inFlight = platform.metric("tonekeep_http_in_flight");
      cpu = (Processes.cpuSeconds(platform.pid()) - cpu) / Until.seconds(start);
      liveThen = platform.liveHeap();
    } finally {
      over.set(true);
      listeners.shutdown();
      gauge.end();
      end(listeners);
    }
    if (failure.get() != null || inFlight < CLIENTS) {
      throw new IllegalStateException("Only " + inFlight + " streams flowed", failure.get());
    }
    table.row(
        "resident memory, most", gauge.resident(), "MiB", before("%.0f MiB before", resident));
    table.row(
        "live heap",
        liveThen,
        "MiB",
        before("%.1f MiB before", live)
            + before(": %.0f KiB per stream", (liveThen - live) * 1024 / CLIENTS));
    table.row(
        "threads, most",
        gauge.threads(),
        "",
        before("%.0f before", threads)
            + (gauge.threads() < MOST_THREADS
                ? ""
                : "; TOO MANY, less than " + MOST_THREADS + " promised"));
    table.row("processors used", cpu, "", "by the server");
    site.empty();
  }

  private static String before(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void listen(String path, CountDownLatch flowing) {
    try (Wire wire = new Wire(platform.port(), WINDOW)) {
      int status = wire.begin(path, "");
      if (status != 200) {
        throw new IOException("A stream was answered with " + status);
      }
      flowing.countDown();
      long step = Duration.ofSeconds(1).toNanos() / STEPS_PER_SECOND;
      long next = System.nanoTime();
      while (!over.get()) {
        wire.some(BYTES_PER_SECOND / STEPS_PER_SECOND);
        next += step;
        java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    }
  }

  private static void end(ExecutorService threads) {
    try {
      if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
        throw new IllegalStateException("A listener hangs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
