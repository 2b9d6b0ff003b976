package org.tonekeep.testing.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * A flood of logins with wrong passwords beside normal use: how long the owner's own login takes,
 * what the list of tracks takes meanwhile, and how much processor the server uses. As a proxy on
 * this machine reports it, half of the flood comes from 256 IPv6 networks (/64) of one subscriber
 * (/48), half from four IPv4 networks; the owner from a network that is known, or from a new one.
 */
final class LoginFlood {
  private static final int CONNECTIONS = 200;
  private static final int V4_NETWORKS = 4;
  private static final int V6_NETWORKS = 256;
  private static final int LOGINS = 20;
  private static final String HOME = "203.0.113.9";
  private static final Duration TIME = Duration.ofSeconds(10);

  private final Platform platform;
  private final Site site;
  private final Table table;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  LoginFlood(Platform platform, Site site, Table table) {
    this.platform = platform;
    this.site = site;
    this.table = table;
  }

  void measure() throws IOException {
    table.section(
        "Login flood ("
            + CONNECTIONS
            + " connections of one IPv6 /48 and "
            + V4_NETWORKS
            + " IPv4 networks, wrong passwords)");
    logins("the owner's login, quiet", i -> HOME);
    requests("GET /api/tracks beside it, quiet");
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong refused = new AtomicLong();
    AtomicLong wrong = new AtomicLong();
    ExecutorService flood = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        int number = i;
        flood.execute(() -> guess(number, over, wrong, refused));
      }
      double cpu = Processes.cpuSeconds(platform.pid());
      long start = System.nanoTime();
      logins("the owner's login, in the flood, from a known network", i -> HOME);
      logins("the owner's login, in the flood, from a new network", LoginFlood::elsewhere);
      requests("GET /api/tracks beside it, in the flood");
      double share = (Processes.cpuSeconds(platform.pid()) - cpu) / Until.seconds(start);
      table.row(
          "processors that the server used meanwhile",
          share,
          "of " + Runtime.getRuntime().availableProcessors(),
          String.format(
              Locale.ROOT, "%d guesses were hashed, %d answered 429", wrong.get(), refused.get()));
    } finally {
      over.set(true);
      flood.shutdown();
      awaitEnd(flood);
    }
  }

  private static void awaitEnd(ExecutorService flood) {
    try {
      if (!flood.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("The flood did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void guess(int number, AtomicBoolean over, AtomicLong wrong, AtomicLong refused) {
    int tries = 0;
    while (!over.get()) {
      try {
        String email = "victim" + tries++ + "@example.org";
        int status = login(email, "not the phrase", attacker(number, tries));
        (status == 429 ? refused : wrong).incrementAndGet();
      } catch (IOException e) {
        refused.incrementAndGet();
      }
    }
  }

  private static String attacker(int number, int tries) {
    int half = number / 2;
    return number % 2 == 0
        ? String.format(Locale.ROOT, "2001:db8:bad:%x::1", (half + 7 * tries) % V6_NETWORKS)
        : "198.51." + half % V4_NETWORKS + ".7";
  }

  /** Each in a /48 of its own. */
  private static String elsewhere(int number) {
    return String.format(Locale.ROOT, "2001:db8:%x::9", 0x100 + number);
  }

  private void logins(String what, IntFunction<String> from) throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      long start = System.nanoTime();
      int status = login(site.email(), Site.PASSWORD, from.apply(i));
      if (status != 200) {
        throw new IOException("The owner's login was answered " + status);
      }
      millis.add((System.nanoTime() - start) / 1e6);
    }
    table.row(what, Spread.of(millis), "ms", "");
  }

  private void requests(String what) throws IOException {
    Load load = new Load(platform.port(), List.of(platform.pid()));
    Load.Result result =
        load.run(
            2, TIME, 200, (wire, random) -> wire.get(site.path("/api/tracks"), site.session()));
    table.row(what, result.perSecond(), "req/s", result.latency());
  }

  private int login(String email, String password, String network) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + platform.port() + site.path("/api/auth/login")))
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", network)
            .header("X-Forwarded-Proto", "https")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}"))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
