package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Tone;

/** What Tonekeep is for: upload a track, have it analysed, see how it sounds. */
public class MainJobIT {
  private static Distribution platform;

  @BeforeClass
  public static void boot() throws Exception {
    platform = Booted.shared();
  }

  @Test
  public void shouldAnalyseEveryFormat() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    Map<Corpus.Sound, String> ids = new LinkedHashMap<>();
    for (Corpus.Sound sound : Corpus.SOUNDS) {
      HttpResponse<String> answer = alice.upload(sound.file(), Corpus.bytes(sound.file()));
      assertThat(answer.statusCode()).as(sound + answer.body()).isEqualTo(201);
      String id = Musician.json(answer).path("id").asText();
      assertThat(answer.headers().firstValue("Location")).contains("/t/demo/api/tracks/" + id);
      ids.put(sound, id);
    }
    for (Map.Entry<Corpus.Sound, String> entry : ids.entrySet()) {
      Corpus.Sound sound = entry.getKey();
      assertFacts(sound, alice.awaitReady(entry.getValue()));
      assertPeaks(sound, alice, entry.getValue());
      assertLoudness(sound, alice, entry.getValue());
    }
    assertThat(alice.list("")).containsExactlyInAnyOrderElementsOf(ids.values());
  }

  private static void assertFacts(Corpus.Sound sound, JsonNode track) throws IOException {
    byte[] bytes = Corpus.bytes(sound.file());
    assertThat(track.path("title").asText()).isEqualTo(sound.file());
    assertThat(track.path("durationSeconds").asDouble())
        .as("duration of " + sound)
        .isCloseTo(Corpus.SECONDS, within(0.1));
    assertThat(track.path("sampleRate").asInt())
        .as("rate of " + sound)
        .isEqualTo(sound.sampleRate());
    assertThat(track.path("channels").asInt())
        .as("channels of " + sound)
        .isEqualTo(sound.channels());
    assertThat(track.path("format").asText()).isEqualTo(sound.format());
    assertThat(track.path("sizeBytes").asLong()).isEqualTo(bytes.length);
    assertThat(track.path("sha256").asText()).isEqualTo(Corpus.sha256(bytes));
    assertThat(track.path("failure").isNull()).isTrue();
  }

  private static void assertPeaks(Corpus.Sound sound, Musician alice, String id)
      throws IOException, InterruptedException {
    String path = "/api/peaks/" + id + "?format=";
    assertDat(sound, alice.bytes(path + "dat").body(), 1);
    assertDat(sound, alice.bytes(path + "dat&channels=split").body(), sound.channels());

    JsonNode json = Musician.json(alice.get(path + "json&bits=8&pixels=50"));
    assertThat(json.path("bits").asInt()).isEqualTo(8);
    assertThat(json.path("length").asInt()).isBetween(1, 50);
    assertThat(json.path("data")).hasSize(json.path("length").asInt() * 2);
    assertThat(json.path("data")).anyMatch(value -> value.asInt() > 10);

    JsonNode wavesurfer = Musician.json(alice.get(path + "wavesurfer"));
    assertThat(wavesurfer.path("duration").asDouble()).isCloseTo(Corpus.SECONDS, within(0.1));
    assertThat(wavesurfer.path("peaks").path(0)).isNotEmpty();
  }

  /** As audiowaveform writes it: version 1 for one channel, 2 (with their number) for more. */
  private static void assertDat(Corpus.Sound sound, byte[] dat, int channels) {
    ByteBuffer header = ByteBuffer.wrap(dat).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(header.getInt()).as("version").isEqualTo(channels);
    assertThat(header.getInt()).as("16 bits").isZero();
    assertThat(header.getInt()).isEqualTo(sound.sampleRate());
    int samplesPerPixel = header.getInt();
    int length = header.getInt();
    if (channels > 1) {
      assertThat(header.getInt()).as("channels").isEqualTo(channels);
    }
    assertThat(header.remaining()).isEqualTo(length * channels * 4);
    assertThat((double) length * samplesPerPixel / sound.sampleRate())
        .as("length of the waveform of " + sound)
        .isCloseTo(Corpus.SECONDS, within(0.15));
    short loudest = 0;
    while (header.hasRemaining()) {
      loudest = (short) Math.max(loudest, header.getShort());
    }
    assertThat(loudest)
        .as("height of the waveform of " + sound)
        .isBetween((short) 6_000, (short) 20_000);
  }

  private static void assertLoudness(Corpus.Sound sound, Musician alice, String id)
      throws IOException, InterruptedException {
    JsonNode analysis = Musician.json(alice.get("/api/analysis/" + id));
    JsonNode loudness = analysis.path("loudness");
    // The same two sines in every file; those with one channel have the two mixed.
    assertThat(loudness.path("integratedLufs").asDouble())
        .as(sound + " " + loudness)
        .isBetween(-21.0, -10.0);
    assertThat(loudness.path("samplePeakDbfs").asDouble())
        .as(sound + " " + loudness)
        .isBetween(-12.0, -5.0);
    assertThat(loudness.path("truePeakDbtp").asDouble())
        .as(sound + " " + loudness)
        .isGreaterThanOrEqualTo(loudness.path("samplePeakDbfs").asDouble());
    assertThat(analysis.path("bpm").isNull()).isTrue();
    assertThat(analysis.path("key").isNull()).isTrue();
    assertThat(analysis.path("algorithm").path("id").asText()).isNotEmpty();
  }

  @Test
  public void shouldTakeAFormWithFieldsBeforeAndAfterTheFile() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("title", "Träumerei");
    fields.put("file", null);
    fields.put("artist", "Clara");
    fields.put("genre", "Romantic");

    HttpResponse<String> answer =
        alice.uploadForm(fields, "some name.mp3", Corpus.bytes("tone.mp3"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode track = alice.awaitReady(Musician.json(answer).path("id").asText());
    assertThat(track.path("title").asText()).isEqualTo("Träumerei");
    assertThat(track.path("artist").asText()).isEqualTo("Clara");
    assertThat(track.path("genre").asText()).isEqualTo("Romantic");
    assertThat(track.path("sha256").asText()).isEqualTo(Corpus.sha256(Corpus.bytes("tone.mp3")));
  }

  @Test
  public void shouldTellHowFarTheAnalysisIs() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    String id = alice.uploaded("Long", Tone.wav(300, 440)).path("id").asText();
    JsonNode job = alice.jobs(id).path(0);
    assertThat(job.path("kind").asText()).isEqualTo("analysis.track");

    List<Map.Entry<String, JsonNode>> events = alice.events(job.path("id").asText());

    assertThat(events.get(events.size() - 1).getKey()).isEqualTo("done");
    List<JsonNode> progress =
        events.stream()
            .filter(e -> e.getKey().equals("progress"))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(progress)
        .as("progress of a job that takes a while")
        .anyMatch(p -> p.path("done").asLong() > 0 && p.path("total").asLong() > 0);
    assertThat(progress).isSortedAccordingTo(MainJobIT::compareShares);
    assertThat(alice.track(id).path("state").asText()).isEqualTo("ready");
  }

  private static int compareShares(JsonNode one, JsonNode other) {
    return Double.compare(share(one), share(other));
  }

  private static double share(JsonNode progress) {
    long total = progress.path("total").asLong();
    return total == 0 ? 0 : (double) progress.path("done").asLong() / total;
  }

  @Test
  public void shouldKeepAnUploadThatCannotBeDecodedAndSayWhy() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    byte[] broken = Corpus.bytes(Corpus.BROKEN);
    String id = alice.uploaded("Broken", broken).path("id").asText();

    JsonNode track = alice.awaitEnd(id);

    assertThat(track.path("state").asText()).isEqualTo("failed");
    assertThat(track.path("failure").asText())
        .hasSizeGreaterThan(20)
        .doesNotContain("Exception")
        .doesNotContainIgnoringCase("ffmpeg")
        .doesNotContain("/");
    List<Map.Entry<String, JsonNode>> events =
        alice.events(alice.jobs(id).path(0).path("id").asText());
    assertThat(events.get(events.size() - 1).getKey()).isEqualTo("failed");
    JsonNode url = Musician.json(alice.post("/api/tracks/" + id + "/url", "{}"));
    assertThat(
            alice
                .client()
                .send(
                    java.net.http.HttpRequest.newBuilder(platform.address(url.path("url").asText()))
                        .build(),
                    HttpResponse.BodyHandlers.ofByteArray())
                .body())
        .isEqualTo(broken);
    assertThat(alice.get("/api/analysis/" + id).statusCode()).isEqualTo(409);
  }
}
