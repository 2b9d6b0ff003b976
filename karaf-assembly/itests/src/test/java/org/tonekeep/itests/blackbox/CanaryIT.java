package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Privacy by construction, tried: a person whose address, user agent, e-mail, password and tokens
 * are unmistakable uses the platform, also where it fails; afterwards none of them is in any byte
 * that the platform wrote (but for the mails themselves, which are addressed to somebody).
 */
public class CanaryIT {
  private static final String ADDRESS = "203.0.113.213";
  private static final String ADDRESS_V6 = "2001:db8:ca17:a1e5::d00d";
  private static final String AGENT = "CanaryBrowser/7.31 (Yellow; Cage 4711)";
  private static final String EMAIL = "canary-4711@bird.example";
  private static final String PASSWORD = "Zwitscher-Voliere-4711";
  private static final String NAME = "Tweety Canary 4711";

  private static Distribution platform;

  @BeforeClass
  public static void boot() throws Exception {
    platform =
        Distribution.unpack()
            .withTenant("aviary", "features = auth\naccounts.confirm = required\n")
            .start();
  }

  @AfterClass
  public static void close() throws IOException {
    platform.close();
  }

  @Test
  public void shouldKeepAddressesAndSecretsOutOfEverythingThatIsWritten() throws Exception {
    Map<String, String> secrets = new LinkedHashMap<>();
    secrets.put("e-mail", EMAIL);
    secrets.put("password", PASSWORD);
    secrets.put("name", NAME);
    Map<String, String> network = new LinkedHashMap<>();
    network.put("address", ADDRESS);
    network.put("IPv6 address", "2001:db8:ca17:a1e5");
    network.put("IPv6 address in full", "2001:db8:ca17:a1e5:0:0:0:d00d");
    network.put("user agent", "CanaryBrowser/7.31");

    Musician canary = use(secrets);
    misuse(canary);
    String log = platform.log() + platform.output();
    platform.terminate();
    assertThat(platform.awaitExit(60)).isIn(0, 143);

    assertThat(log).as("the log of what failed").contains("ERROR");
    Path outbox = platform.data().resolve("outbox");
    List<String> found = new ArrayList<>();
    for (Path file : written()) {
      byte[] bytes = Files.readAllBytes(file);
      network.forEach((what, text) -> look(file, bytes, what, text, found));
      if (!file.startsWith(outbox)) {
        secrets.forEach((what, text) -> look(file, bytes, what, text, found));
      }
    }
    assertThat(found).isEmpty();
  }

  /** An ordinary stay; adds the tokens that it brings. */
  private static Musician use(Map<String, String> secrets) throws Exception {
    Musician canary = Musician.stranger(platform, "demo").seenAs(ADDRESS, AGENT);
    String signUp =
        Musician.write(Map.of("email", EMAIL, "password", PASSWORD, "displayName", NAME));
    HttpResponse<String> opened = canary.post("/api/auth/signup", signUp);
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    assertThat(canary.signIn(EMAIL, PASSWORD).statusCode()).isEqualTo(200);
    secrets.put("session", canary.cookie().substring(canary.cookie().indexOf('=') + 1));
    assertThat(canary.signIn(EMAIL, PASSWORD + "!").statusCode()).isEqualTo(401);
    assertThat(canary.post("/api/auth/signup", signUp).statusCode()).isEqualTo(409);
    HttpResponse<String> key =
        canary.post("/api/auth/keys", "{\"name\": \"cage\", \"scope\": \"read\"}");
    assertThat(key.statusCode()).as(key.body()).isEqualTo(201);
    secrets.put("app key", Musician.json(key).path("secret").asText());
    HttpResponse<String> totp = canary.post("/api/auth/totp", "");
    assertThat(totp.statusCode()).as(totp.body()).isBetween(200, 201);
    secrets.put("TOTP seed", Musician.json(totp).path("secret").asText());
    HttpResponse<String> named =
        canary.patch("/api/account", Musician.write(Map.of("artistName", NAME + " live")));
    assertThat(named.statusCode()).as(named.body()).isEqualTo(200);
    assertThat(
            canary
                .post("/api/auth/password/forgot", Musician.write(Map.of("email", EMAIL)))
                .statusCode())
        .isEqualTo(202);
    Musician pending = Musician.stranger(platform, "aviary").seenAs(ADDRESS_V6, AGENT);
    assertThat(pending.post("/api/auth/signup", signUp).statusCode()).isEqualTo(201);
    String id = canary.uploaded("Song", Corpus.bytes("tone.mp3")).path("id").asText();
    canary.awaitReady(id);
    assertThat(canary.get("/").statusCode()).isNotEqualTo(500);
    secrets.values().forEach(secret -> assertThat(secret).isNotBlank());
    return canary;
  }

  /** Where exceptions are made: what they tell must not tell the person. */
  private static void misuse(Musician canary) throws Exception {
    uniqueViolation();
    for (String body : List.of("{\"email\": \"" + EMAIL, "[\"" + PASSWORD + "\"]", "\"\\ud800\"")) {
      assertThat(canary.post("/api/auth/login", body).statusCode()).isBetween(400, 422);
    }
    assertThat(canary.get("/api/tracks?after=" + EMAIL.replace('@', '_')).statusCode())
        .isBetween(200, 422);
    assertThat(canary.get("/" + NAME.replace(' ', '-')).statusCode()).isEqualTo(404);
    brokenRequest("GET /t/demo/api/account HTTP/1.1\r\nHost: a b c\r\nUser-Agent: " + AGENT);
    brokenRequest("GET /t/demo/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: " + ADDRESS);
    timeout(canary);
    failure(canary);
  }

  /** Many sign-ups of one address at the same moment: the database has to refuse some. */
  private static void uniqueViolation() throws Exception {
    String twice = Musician.write(Map.of("email", "twice-" + EMAIL, "password", PASSWORD));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Musician one = Musician.stranger(platform, "demo").seenAs(ADDRESS, AGENT);
        calls.add(() -> one.post("/api/auth/signup", twice).statusCode());
      }
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      assertThat(answers).containsOnlyOnce(201).contains(409);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void brokenRequest(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }

  /** A body that never comes to its end. */
  private static void timeout(Musician canary) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
      String head =
          "POST /t/demo/api/tracks?title=slow HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: "
              + AGENT
              + "\r\nX-Forwarded-For: "
              + ADDRESS
              + "\r\nCookie: "
              + canary.cookie()
              + "\r\nContent-Type: audio/wav\r\nContent-Length: 100000\r\n\r\nRIFF";
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      // The server ends it, by its pace or when nothing comes any more.
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).matches("(?s)(HTTP/1.1 40[08] .*|)");
    }
  }

  /** The store's folder is no folder any more: uploads fail inside. */
  private static void failure(Musician canary) throws Exception {
    Path blobs = platform.data().resolve("blobs");
    Path aside = platform.data().resolve("blobs-aside");
    Files.move(blobs, aside);
    Files.writeString(blobs, "not a folder");
    HttpResponse<String> failed = canary.upload(NAME.replace(' ', '+'), Corpus.bytes("tone.mp3"));
    assertThat(failed.statusCode()).as(failed.body()).isBetween(500, 503);
    Files.delete(blobs);
    Files.move(aside, blobs);
  }

  private static List<Path> written() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder :
        List.of(
            platform.data(),
            platform.keys(),
            platform.home().resolve("data/log"),
            platform.home().resolve("data/tmp"),
            platform.home().resolve("etc"))) {
      if (Files.exists(folder)) {
        try (Stream<Path> found = Files.walk(folder)) {
          found.filter(Files::isRegularFile).forEach(files::add);
        }
      }
    }
    files.add(platform.data().resolveSibling("output.txt"));
    assertThat(files).hasSizeGreaterThan(50);
    return files;
  }

  private static void look(Path file, byte[] bytes, String what, String text, List<String> found) {
    for (byte[] form :
        List.of(text.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_16BE))) {
      if (indexOf(bytes, form) >= 0) {
        found.add(what + " in " + file);
      }
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      int k = 0;
      while (k < wanted.length && bytes[i + k] == wanted[k]) {
        k++;
      }
      if (k == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  /** The search itself must be able to find. */
  @Test
  public void shouldFindWhatIsThere() {
    List<String> found = new ArrayList<>();
    String random = UUID.randomUUID().toString();
    byte[] bytes = ("before " + random + " after").getBytes(StandardCharsets.UTF_8);

    look(Path.of("here"), bytes, "planted", random, found);
    look(Path.of("here"), bytes, "absent", UUID.randomUUID().toString(), found);

    assertThat(found).containsExactly("planted in here");
  }
}
