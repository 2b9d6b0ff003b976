package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/** Two nodes that start at the same moment on one fresh PostgreSQL, sharing blobs and keys. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class PostgresIT {
  private static final int MOST_UPLOADS = 60;

  private static EmbeddedPostgres postgres;
  private static Distribution one;
  private static Distribution two;

  @BeforeClass
  public static void boot() throws Exception {
    // Durable as in production: by itself the embedded server would not survive a crash.
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("fsync", "on")
            .start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE tonekeep LOGIN PASSWORD 'for this test only'");
      statement.execute("CREATE DATABASE tonekeep OWNER tonekeep");
    }
    one = Distribution.unpack();
    two = Distribution.unpackBeside(one);
    for (Distribution node : List.of(one, two)) {
      node.edit("org.ops4j.datasource-tonekeep.cfg", PostgresIT::toPostgres);
      node.edit("org.tonekeep.jobs.cfg", PostgresIT::oneWorkerAndShortLeases);
    }
    one.launch("server");
    two.launch("server");
    one.awaitReady();
    two.awaitReady();
  }

  private static String oneWorkerAndShortLeases(String text) {
    return text.replace("#lease.seconds = 30", "lease.seconds = 5")
        .replace("#workers = 0", "workers = 1");
  }

  /** What the comments of the file tell an operator: out with two lines, in with the others. */
  private static String toPostgres(String text) {
    return text.replace("osgi.jdbc.driver.name = derby", "")
        .replace("url = jdbc:derby:${tonekeep.data}/db;create=true", "")
        .replace("#osgi.jdbc.driver.class", "osgi.jdbc.driver.class")
        .replace(
            "#url = jdbc:postgresql://127.0.0.1:5432",
            "url = jdbc:postgresql://127.0.0.1:" + postgres.getPort())
        .replace("#user = tonekeep", "user = tonekeep")
        .replace("#password = …", "password = for this test only");
  }

  @AfterClass
  public static void close() throws IOException {
    try {
      for (Distribution node : List.of(one, two)) {
        node.close();
      }
    } finally {
      postgres.close();
    }
  }

  private static List<String> column(String sql) throws SQLException {
    try (Connection connection = postgres.getDatabase("tonekeep", "tonekeep").getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  @Test
  public void shouldMigrateOnceAlthoughTwoBegan() throws Exception {
    List<String> done = new ArrayList<>();
    for (Distribution node : List.of(one, two)) {
      Matcher line = Pattern.compile("Migration (\\S+ of \\S+) done").matcher(node.log());
      while (line.find()) {
        done.add(line.group(1));
      }
    }

    assertThat(done).hasSizeGreaterThanOrEqualTo(6).doesNotHaveDuplicates();
    assertThat(column("SELECT unit FROM persistence_migration")).hasSameSizeAs(done);
    assertThat(one.data().resolve("db")).as("Derby's folder").doesNotExist();
  }

  @Test
  public void shouldDoTheMainJobOnEitherNode() throws Exception {
    Musician alice = Musician.at(one, "demo");
    Map<Corpus.Sound, String> ids = new HashMap<>();
    for (Corpus.Sound sound : Corpus.SOUNDS) {
      ids.put(sound, alice.uploaded(sound.file(), Corpus.bytes(sound.file())).path("id").asText());
    }
    String broken = alice.uploaded("Broken", Corpus.bytes(Corpus.BROKEN)).path("id").asText();

    Musician there = alice.on(two);

    for (Map.Entry<Corpus.Sound, String> sound : ids.entrySet()) {
      JsonNode track = there.awaitReady(sound.getValue());
      assertThat(track.path("sampleRate").asInt()).isEqualTo(sound.getKey().sampleRate());
      assertThat(there.get("/api/peaks/" + sound.getValue()).statusCode()).isEqualTo(200);
      String signed =
          Musician.json(alice.post("/api/tracks/" + sound.getValue() + "/url", "{}"))
              .path("url")
              .asText();
      byte[] bytes =
          there
              .client()
              .send(HttpRequest.newBuilder(two.address(signed)).build(), BodyHandlers.ofByteArray())
              .body();
      assertThat(bytes)
          .as("signed here, served there")
          .isEqualTo(Corpus.bytes(sound.getKey().file()));
    }
    assertThat(there.awaitEnd(broken).path("state").asText()).isEqualTo("failed");
    assertThat(alice.list("?sort=title")).hasSize(ids.size() + 1);
    assertThat(there.list("?q=FLAC")).hasSize(1);
    assertThat(there.post("/api/auth/logout", "").statusCode()).isEqualTo(204);
    Patience.until(
        "signing out there acts here", () -> alice.get("/api/tracks").statusCode() == 401);
  }

  @Test
  public void shouldShareTheWorkAndTheNewsOfIt() throws Exception {
    Musician alice = Musician.at(one, "demo");
    Musician there = alice.on(two);
    String account = alice.account();
    String nodes =
        "SELECT DISTINCT node FROM jobs_job WHERE state = 'DONE' AND owner = '" + account + "'";
    List<String> ids = new ArrayList<>();
    while (column(nodes).size() < 2) {
      assertThat(ids).as("uploads before both nodes had worked").hasSizeLessThan(MOST_UPLOADS);
      ids.addAll(burst(alice));
    }
    for (String id : ids) {
      alice.awaitReady(id);
    }

    String last = alice.uploaded("Last", Tone.wav(60, 440)).path("id").asText();
    List<Map.Entry<String, JsonNode>> events =
        there.events(alice.jobs(last).path(0).path("id").asText());
    assertThat(events.get(events.size() - 1).getKey()).isEqualTo("done");
  }

  /** Uploads more at once than one node works on at a time. */
  private static List<String> burst(Musician musician) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(
          musician
              .client()
              .sendAsync(
                  musician
                      .request("/api/tracks?title=Tone")
                      .POST(HttpRequest.BodyPublishers.ofByteArray(Tone.wav(20, 300 + i)))
                      .build(),
                  BodyHandlers.ofString()));
    }
    List<String> ids = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      HttpResponse<String> done = answer.get(1, TimeUnit.MINUTES);
      assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
      ids.add(Musician.json(done).path("id").asText());
    }
    return ids;
  }

  @Test
  public void shouldTakeOverTheWorkOfAKilledNode() throws Exception {
    Musician alice = Musician.at(one, "demo");
    Musician there = alice.on(two);
    List<String> ids = burst(alice);

    one.killHard();

    for (String id : ids) {
      there.awaitReady(id);
      assertThat(there.jobs(id)).hasSize(1);
    }
    one.start();
    assertThat(alice.list("")).containsExactlyInAnyOrderElementsOf(ids);
  }
}
