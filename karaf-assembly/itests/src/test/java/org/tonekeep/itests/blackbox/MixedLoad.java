package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/**
 * People who do at once what people do, until the platform dies, and what they were promised: each
 * thread is one kind of act. Afterwards everything that was acknowledged is asked for.
 */
final class MixedLoad {
  private static final String OTHER_PASSWORD = "another long enough phrase";
  private static final int PIECE = 60_000;

  private final Distribution platform;
  private final Musician uploader;
  private final Musician resumer;
  private final Musician keeper;
  private final Musician careful;
  private final AtomicInteger done = new AtomicInteger();

  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final Set<String> deleting = ConcurrentHashMap.newKeySet();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> offsets = new ConcurrentHashMap<>();
  private final Map<String, String> finished = new ConcurrentHashMap<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final Set<String> ending = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final List<Musician> members = new ArrayList<>();
  private volatile String password = Musician.PASSWORD;
  private volatile String nextPassword = Musician.PASSWORD;

  MixedLoad(Distribution platform) throws Exception {
    this.platform = platform;
    this.uploader = Musician.at(platform, "demo");
    this.resumer = Musician.at(platform, "demo");
    this.keeper = Musician.at(platform, "demo");
    this.careful = Musician.at(platform, "demo");
  }

  /**
   * Works until the platform is killed, which is done once so many acts were acknowledged.
   *
   * @return how many were
   */
  int untilKilledAfter(int acts) throws Exception {
    List<Act> all = List.of(this::upload, this::resume, this::key, this::password, this::signUp);
    ExecutorService threads = Executors.newFixedThreadPool(all.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Act act : all) {
        running.add(threads.submit(() -> untilItDies(act)));
      }
      Patience.until(
          "there is something to lose",
          () -> done.get() >= acts || running.stream().anyMatch(Future::isDone));
      platform.killHard();
      for (Future<?> one : running) {
        one.get(1, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(done.get()).isGreaterThanOrEqualTo(acts);
    return done.get();
  }

  private interface Act {
    /**
     * @throws IOException when the platform died meanwhile
     */
    void once(int number) throws Exception;
  }

  private Void untilItDies(Act act) throws Exception {
    for (int i = 1; true; i++) {
      try {
        act.once(i);
        done.incrementAndGet();
      } catch (IOException killed) {
        // What was not answered was not promised.
        return null;
      }
    }
  }

  private static HttpResponse<String> expect(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private static String id(HttpResponse<String> answer) throws IOException {
    return Musician.json(answer).path("id").asText();
  }

  /** Uploads, and deletes every third. */
  private void upload(int number) throws Exception {
    byte[] sound = Tone.wav(1, 200 + number);
    String id = id(expect(201, uploader.upload("Tone", sound)));
    uploads.put(id, sound);
    if (number % 3 == 0) {
      deleting.add(id);
      expect(204, uploader.delete("/api/tracks/" + id));
      deleted.add(id);
    }
  }

  /** An upload in pieces. */
  private void resume(int number) throws Exception {
    byte[] sound = Tone.wav(1, 200 + number);
    String title = Base64.getEncoder().encodeToString(new byte[] {'T'});
    HttpResponse<String> made =
        expect(
            201,
            resumer.send(
                resumer
                    .request("/api/uploads")
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Length", String.valueOf(sound.length))
                    .header("Upload-Metadata", "title " + title)
                    .POST(BodyPublishers.noBody())));
    String place = place(made);
    offsets.put(place, 0);
    for (int from = 0; from < sound.length; from += PIECE) {
      int to = Math.min(sound.length, from + PIECE);
      HttpResponse<String> answer =
          expect(
              204,
              resumer.send(
                  resumer
                      .request(place)
                      .header("Tus-Resumable", "1.0.0")
                      .header("Upload-Offset", String.valueOf(from))
                      .header("Content-Type", "application/offset+octet-stream")
                      .method(
                          "PATCH",
                          BodyPublishers.ofByteArray(Arrays.copyOfRange(sound, from, to)))));
      offsets.put(place, to);
      answer.headers().firstValue("Upload-Track").ifPresent(id -> finished.put(place, id));
    }
    assertThat(finished).containsKey(place);
  }

  private static String place(HttpResponse<String> answer) {
    String location = answer.headers().firstValue("Location").orElseThrow();
    return location.substring(location.indexOf("/api/uploads/"));
  }

  /** Makes a key, and ends every second. */
  private void key(int number) throws Exception {
    HttpResponse<String> made =
        expect(201, keeper.post("/api/auth/keys", "{\"name\":\"k\",\"scope\":\"read\"}"));
    String id = id(made);
    keys.put(id, Musician.json(made).path("secret").asText());
    if (number % 2 == 0 || number > 20) {
      ending.add(id);
      expect(204, keeper.delete("/api/auth/keys/" + id));
      ended.add(id);
    }
  }

  private void password(int number) throws Exception {
    nextPassword = number % 2 == 0 ? Musician.PASSWORD : OTHER_PASSWORD;
    careful.changePassword(password, nextPassword);
    password = nextPassword;
  }

  private void signUp(int number) throws Exception {
    Musician member = Musician.at(platform, "demo");
    synchronized (members) {
      members.add(member);
    }
  }

  /** Asks the platform, which runs again, for everything that was promised. */
  void assertKept() throws Exception {
    for (Musician member : members) {
      assertThat(Musician.json(expect(200, member.get("/api/account"))).path("email").asText())
          .isEqualTo(member.email());
    }
    assertUploads();
    assertPieces();
    assertKeys();
    Musician again = Musician.stranger(platform, "demo");
    boolean old = again.signIn(careful.email(), password).statusCode() == 200;
    // A change whose answer was lost may have been made.
    assertThat(old || again.signIn(careful.email(), nextPassword).statusCode() == 200)
        .as("the password that was set last opens")
        .isTrue();
  }

  private void assertUploads() throws Exception {
    Set<String> logged = logged(uploader);
    for (Map.Entry<String, byte[]> upload : uploads.entrySet()) {
      String id = upload.getKey();
      int status = uploader.get("/api/tracks/" + id).statusCode();
      if (deleted.contains(id)) {
        assertThat(status).as("deleted track " + id).isEqualTo(404);
      } else if (!deleting.contains(id)) {
        assertThat(status).as("track " + id).isEqualTo(200);
        assertBytes(uploader, id, upload.getValue());
      }
      assertThat(logged).as("acts on track " + id).contains(id);
    }
    List<String> there = uploader.list("?limit=200");
    there.removeAll(uploads.keySet());
    assertThat(there).as("tracks whose answer was lost").hasSizeLessThanOrEqualTo(1);
  }

  private void assertBytes(Musician owner, String track, byte[] sound) throws Exception {
    String url =
        Musician.json(expect(200, owner.post("/api/tracks/" + track + "/url", "{}")))
            .path("url")
            .asText();
    HttpRequest request = HttpRequest.newBuilder(platform.address(url)).build();
    HttpResponse<byte[]> answer = owner.client().send(request, BodyHandlers.ofByteArray());
    assertThat(answer.body()).as("bytes of " + track).isEqualTo(sound);
  }

  private static Set<String> logged(Musician owner) throws Exception {
    Set<String> subjects = new HashSet<>();
    String after = "";
    do {
      HttpResponse<String> page =
          expect(
              200,
              owner.get("/api/audit/mine?limit=200" + (after.isEmpty() ? "" : "&after=" + after)));
      Musician.json(page)
          .path("items")
          .forEach(item -> subjects.add(item.path("subject").asText()));
      after = Musician.json(page).path("next").asText("");
    } while (!after.isEmpty() && !after.equals("null"));
    return subjects;
  }

  private void assertPieces() throws Exception {
    for (Map.Entry<String, Integer> upload : offsets.entrySet()) {
      HttpResponse<String> head =
          expect(
              200,
              resumer.send(
                  resumer
                      .request(upload.getKey())
                      .header("Tus-Resumable", "1.0.0")
                      .method("HEAD", BodyPublishers.noBody())));
      String offset = head.headers().firstValue("Upload-Offset").orElse("-1");
      assertThat(Integer.parseInt(offset)).isGreaterThanOrEqualTo(upload.getValue());
      String track = finished.get(upload.getKey());
      if (track != null) {
        assertThat(head.headers().firstValue("Upload-Track")).hasValue(track);
        expect(200, resumer.get("/api/tracks/" + track));
      }
    }
  }

  private void assertKeys() throws Exception {
    Set<String> alive = new HashSet<>();
    Musician.json(expect(200, keeper.get("/api/auth/keys")))
        .path("items")
        .forEach(item -> alive.add(item.path("id").asText()));
    assertThat(alive).doesNotContainAnyElementsOf(ended);
    for (String id : keys.keySet()) {
      assertThat(alive.contains(id) || ending.contains(id)).as("key " + id).isTrue();
    }
    assertThat(alive.stream().filter(id -> !keys.containsKey(id)).count())
        .as("keys whose answer was lost")
        .isLessThanOrEqualTo(1);
  }
}
