package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.storage.api.UnsupportedAudioException;

/**
 * Decides about every file of a folder of real and of ugly files. The folder is not part of the
 * sources: the system property {@code tonekeep.corpus} names it; without it these tests are
 * skipped.
 */
public final class CorpusTest {
  private static final String REFUSED = "refused";
  private static final Map<String, String> BY_ENDING =
      Map.of(
          "mp3", "audio/mpeg",
          "wav", "audio/wav",
          "aiff", "audio/aiff",
          "flac", "audio/flac",
          "ogg", "audio/ogg",
          "opus", "audio/opus",
          "m4a", "audio/mp4",
          "aac", "audio/aac");

  /** What is not as its ending says. */
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("empty.mp3", REFUSED),
          Map.entry("empty.wav", REFUSED),
          Map.entry("text.mp3", REFUSED),
          Map.entry("image.mp3", REFUSED),
          Map.entry("image.flac", REFUSED),
          Map.entry("html_error.ogg", REFUSED),
          Map.entry("make_big.py", REFUSED),
          Map.entry("ugly.json", REFUSED),
          Map.entry("truth.json", REFUSED),
          Map.entry("video_with_audio.mp4", REFUSED),
          Map.entry("opus_in_webm.webm", "audio/webm"));

  private static Path corpus = Path.of("");

  @BeforeClass
  public static void findCorpus() {
    String named = System.getProperty("tonekeep.corpus", "");
    boolean there = !named.isBlank() && Files.isDirectory(Path.of(named));
    if (!there) {
      System.err.println(
          "SKIPPED: CorpusTest needs -Dtonekeep.corpus=<folder with ugly/ and dev/>");
    }
    Assume.assumeTrue("tonekeep.corpus names no folder", there);
    corpus = Path.of(named);
  }

  @Test
  public void shouldDecideAboutEveryUglyFile() throws IOException {
    decideAboutAll(corpus.resolve("ugly"), 50);
  }

  @Test
  public void shouldTakeEveryRealFile() throws IOException {
    decideAboutAll(corpus.resolve("dev"), 20);
  }

  private static void decideAboutAll(Path folder, int least) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = new ArrayList<>(list.filter(Files::isRegularFile).toList());
    }
    assertThat(files).hasSizeGreaterThan(least);
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> decided = new TreeMap<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      String ending = name.substring(name.lastIndexOf('.') + 1);
      expected.put(name, OTHERWISE.getOrDefault(name, BY_ENDING.get(ending)));
      decided.put(name, decide(file));
    }
    assertThat(decided).isEqualTo(expected);
  }

  private static String decide(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Intake intake = new Intake(in, count -> {});
      AudioSniffer.Sniff sniff = new AudioSniffer().sniff(intake.head(AudioSniffer.HEAD));
      intake.watch(sniff);
      long copied = intake.transferTo(new ByteArrayOutputStream());
      assertThat(copied).isEqualTo(Files.size(file));
      return sniff.mediaType();
    } catch (UnsupportedAudioException e) {
      return REFUSED;
    }
  }
}
