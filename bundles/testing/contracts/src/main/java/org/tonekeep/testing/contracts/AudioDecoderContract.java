package org.tonekeep.testing.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.Test;
import org.tonekeep.audio.api.AudioDecoder;
import org.tonekeep.audio.api.AudioDecoder.Decoded;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.UndecodableAudioException;
import org.tonekeep.tenant.api.TenantId;

/**
 * What every {@link AudioDecoder} keeps. The sounds are resources of testing/kit ({@code
 * org/tonekeep/testing/kit/audio}), which the implementation's tests have on their class path.
 */
public abstract class AudioDecoderContract {
  private static final TenantId ALICE = new TenantId("alice");

  /** A sound of the kit and what it decodes to. */
  private record Sound(String file, String mediaType, int sampleRate, int channels) {}

  private static final List<Sound> SOUNDS =
      List.of(
          new Sound("tone.mp3", "audio/mpeg", 44_100, 2),
          new Sound("tone.wav", "audio/wav", 11_025, 2),
          new Sound("tone.aiff", "audio/aiff", 22_050, 1),
          new Sound("tone.flac", "audio/flac", 44_100, 2),
          new Sound("tone.ogg", "audio/ogg", 44_100, 2),
          new Sound("tone.opus", "audio/opus", 48_000, 2),
          new Sound("tone-aac.m4a", "audio/mp4", 44_100, 2),
          new Sound("tone-alac.m4a", "audio/mp4", 22_050, 1));

  /** The decoder under test; for tenants {@code alice} and {@code bob}. */
  protected abstract AudioDecoder decoder();

  @Test
  public void shouldDecodeEveryFormatAtItsOwnRateAndChannels() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (Sound sound : SOUNDS) {
      CollectingSink sink = new CollectingSink();
      Decoded decoded = decoder().decode(ALICE, sound(sound.file(), sound.mediaType()), sink);
      softly.assertThat(decoded.format().sampleRate()).as(sound.file()).isEqualTo(sound.sampleRate);
      softly.assertThat(decoded.format().channels()).as(sound.file()).isEqualTo(sound.channels);
      softly.assertThat(decoded.durationSeconds()).as(sound.file()).isBetween(1.99, 2.08);
      softly.assertThat(decoded.truncated()).as(sound.file()).isFalse();
      softly.assertThat(sink.frames()).as(sound.file()).isEqualTo(decoded.frames());
      softly.assertThat(sink.begun()).as(sound.file()).isEqualTo(1);
      softly.assertThat(sink.format()).as(sound.file()).isEqualTo(decoded.format());
      softly.assertThat(sink.peak()).as(sound.file()).isBetween(0.3, 0.55);
    }
    softly.assertAll();
  }

  @Test
  public void shouldYieldTheExactSamplesOfLosslessAudio() throws IOException {
    byte[] samples = {0, 0, 0, 64, 0, (byte) 128, (byte) 255, 127, 1, 0};
    CollectingSink sink = new CollectingSink();
    decoder().decode(ALICE, source(pcmWav(samples), "audio/wav"), sink);
    assertThat(sink.values())
        .containsExactly(0f, 0.5f, -1f, (float) (32767 / 32768.0), (float) (1 / 32768.0));
  }

  @Test
  public void shouldReplaceWhatIsNotANumberBySilence() throws IOException {
    float[] values = {Float.NaN, 0.5f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -4f};
    CollectingSink sink = new CollectingSink();
    decoder().decode(ALICE, source(floatWav(values), "audio/wav"), sink);
    assertThat(sink.values()).containsExactly(0f, 0.5f, 0f, 0f, -4f);
  }

  @Test
  public void shouldRefuseWhatHoldsNoAudioWithAReasonForPeople() throws IOException {
    List<AudioSource> sources =
        List.of(
            sound("broken.m4a", "audio/mp4"),
            source(
                "These are words, not music. ".repeat(200).getBytes(StandardCharsets.US_ASCII),
                "audio/mpeg"),
            source(new byte[0], "audio/mpeg"),
            source(new byte[100_000], "audio/flac"),
            source(pcmWav(new byte[0]), "audio/wav"));
    for (AudioSource source : sources) {
      assertThatThrownBy(() -> decoder().decode(ALICE, source, new CollectingSink()))
          .isInstanceOf(UndecodableAudioException.class)
          .message()
          .matches("[A-Z][^/\\\\\\[\\]\\n]{10,160}");
    }
  }

  @Test
  public void shouldDecodeWhatIsThereOfAFileThatBreaksOffAndSaySo() throws IOException {
    for (String file : List.of("tone.mp3", "tone.flac")) {
      byte[] bytes = bytes(file);
      byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
      String type = file.endsWith("mp3") ? "audio/mpeg" : "audio/flac";
      Decoded decoded = decoder().decode(ALICE, source(half, type), new CollectingSink());
      assertThat(decoded.durationSeconds()).as(file).isCloseTo(1.0, within(0.4));
      assertThat(decoded.truncated()).as(file).isTrue();
    }
  }

  @Test
  public void shouldStopWhenTheSinkCancels() throws IOException {
    AudioSource source = sound("tone.flac", "audio/flac");
    CollectingSink sink =
        new CollectingSink() {
          @Override
          public void samples(float[] interleaved, int frames) {
            throw new CancellationException();
          }
        };
    assertThatThrownBy(() -> decoder().decode(ALICE, source, sink))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  public void shouldReportABrokenSourceAsAnIoExceptionThatMayHeal() {
    AudioSource source =
        new AudioSource() {
          @Override
          public String mediaType() {
            return "audio/flac";
          }

          @Override
          public long length() {
            return 60_000;
          }

          @Override
          public InputStream open() throws IOException {
            return new SequenceInputStream(
                new ByteArrayInputStream(bytes("tone.flac"), 0, 20_000),
                new FaultySource(
                    40_000,
                    0,
                    () -> {
                      throw new IOException("The store broke");
                    }));
          }
        };
    assertThatThrownBy(() -> decoder().decode(ALICE, source, new CollectingSink()))
        .isInstanceOf(IOException.class);
  }

  @Test
  public void shouldDecodeForSeveralThreadsAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Long>> work = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        TenantId tenant = new TenantId(i % 2 == 0 ? "alice" : "bob");
        work.add(
            () ->
                decoder()
                    .decode(tenant, sound("tone.flac", "audio/flac"), new CollectingSink())
                    .frames());
      }
      for (Future<Long> done : threads.invokeAll(work)) {
        assertThat(done.get()).isEqualTo(88_200L);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A sound of the kit. */
  protected static AudioSource sound(String file, String mediaType) throws IOException {
    return source(bytes(file), mediaType);
  }

  /** Bytes as a source. */
  protected static AudioSource source(byte[] bytes, String mediaType) {
    return new AudioSource() {
      @Override
      public String mediaType() {
        return mediaType;
      }

      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  private static byte[] bytes(String file) throws IOException {
    String path = "/org/tonekeep/testing/kit/audio/" + file;
    try (InputStream in = AudioDecoderContract.class.getResourceAsStream(path)) {
      assertThat(in).as("testing/kit's sounds must be on the class path: " + path).isNotNull();
      return in.readAllBytes();
    }
  }

  private static byte[] pcmWav(byte[] samples) {
    return CollectingSink.wav(samples, 1, 16, 44_100);
  }

  private static byte[] floatWav(float[] values) {
    return CollectingSink.wav(CollectingSink.littleEndian(values), 3, 32, 44_100);
  }
}
