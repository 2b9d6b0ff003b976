package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/** PostgreSQL stands still, dies and comes back under a platform that goes on answering. */
public class DatabaseOutageIT {
  private static final int CLIENTS = 30;
  private static final Duration FROZEN =
      Duration.ofSeconds(Integer.getInteger("tonekeep.frozen", 30));
  private static final long MOST_THREADS = 250;

  /** What of a request under way may still wait: it had its connection before. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static Postgres postgres;
  private static Distribution platform;
  private static Musician alice;
  private static String track;

  @BeforeClass
  public static void boot() throws Exception {
    postgres = Postgres.start();
    platform =
        Distribution.unpack().edit("org.ops4j.datasource-tonekeep.cfg", postgres::toIt).start();
    alice = Musician.at(platform, "demo");
    track = alice.uploaded("Kept", Tone.wav(1, 440)).path("id").asText();
    alice.awaitReady(track);
  }

  @AfterClass
  public static void close() throws IOException {
    try {
      platform.close();
    } finally {
      postgres.close();
    }
  }

  /** A request and its answer. */
  private record Asked(long begun, long nanos, int status, boolean retryAfter) {}

  @Test
  public void shouldRefuseAtOnceWhileTheDatabaseStandsStill() throws Exception {
    outage(postgres::freeze, postgres::thaw);
  }

  @Test
  public void shouldComeBackByItselfWhenTheDatabaseWasKilled() throws Exception {
    outage(postgres::kill, postgres::restart);
  }

  private interface Change {
    void make() throws Exception;
  }

  private static void outage(Change begin, Change end) throws Exception {
    Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> asking = new ArrayList<>();
    long most = 0;
    long from;
    long back;
    try {
      for (int i = 0; i < CLIENTS; i++) {
        asking.add(clients.submit(() -> askUntil(over, asked)));
      }
      Patience.until("there is load", () -> asked.size() > CLIENTS);
      begin.make();
      from = System.nanoTime();
      while (System.nanoTime() - from < FROZEN.toNanos()) {
        most = Math.max(most, threads(platform.pid()));
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      end.make();
      back = System.nanoTime();
      Patience.until("it works again", () -> alice.get("/api/tracks/" + track).statusCode() == 200);
      long needed = System.nanoTime() - back;
      System.out.println("Back after " + TimeUnit.NANOSECONDS.toMillis(needed) + " ms");
      assertThat(Duration.ofNanos(needed)).isLessThan(Duration.ofSeconds(5));
    } finally {
      over.set(true);
      clients.shutdown();
    }
    for (Future<?> one : asking) {
      one.get(1, TimeUnit.MINUTES);
    }
    assertThat(most).as("threads").isLessThanOrEqualTo(MOST_THREADS);
    long until = back - Duration.ofSeconds(3).toNanos();
    List<Asked> meanwhile =
        asked.stream()
            .filter(a -> a.begun - from > GRACE.toNanos() && a.begun - until < 0)
            .toList();
    List<Long> nanos = meanwhile.stream().map(Asked::nanos).sorted().toList();
    Duration slowest = Duration.ofNanos(nanos.get(nanos.size() - 1));
    Duration slow = Duration.ofNanos(nanos.get(nanos.size() * 99 / 100));
    System.out.printf(
        "%d requests meanwhile, 99 of 100 in %d ms, the slowest %d ms, %d threads at most%n",
        meanwhile.size(), slow.toMillis(), slowest.toMillis(), most);
    assertThat(meanwhile).allMatch(a -> a.status == 503 && a.retryAfter);
    assertThat(slow).isLessThan(Duration.ofSeconds(2));
    // Whoever tries for the others, on a machine that has to wait for a processor as well.
    assertThat(slowest).isLessThan(Duration.ofSeconds(4));
    assertThat(alice.upload("After", Tone.wav(1, 550)).statusCode()).isEqualTo(201);
  }

  private static Void askUntil(AtomicBoolean over, Queue<Asked> asked) throws Exception {
    while (!over.get()) {
      long begun = System.nanoTime();
      HttpResponse<String> answer = alice.get("/api/tracks/" + track);
      asked.add(
          new Asked(
              begun,
              System.nanoTime() - begun,
              answer.statusCode(),
              answer.headers().firstValue("Retry-After").isPresent()));
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return null;
  }

  private static long threads(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
