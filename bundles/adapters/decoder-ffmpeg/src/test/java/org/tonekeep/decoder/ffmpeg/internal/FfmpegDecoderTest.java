package org.tonekeep.decoder.ffmpeg.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.PcmFormat;
import org.tonekeep.audio.api.PcmSink;
import org.tonekeep.audio.api.UndecodableAudioException;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.contracts.CollectingSink;

public final class FfmpegDecoderTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @Test
  public void shouldLeaveNoProcessFileOrDescriptorBehindWhenCancelled() throws Exception {
    DecoderLimits limits = DecoderLimits.DEFAULT;
    SandboxSearch search = DecoderUnderTest.search(limits, Confinement.BWRAP, Confinement.PRLIMIT);
    SpoolFolder spool = DecoderUnderTest.spool();
    FfmpegDecoder decoder =
        new FfmpegDecoder(DecoderUnderTest.tenants("best-effort"), search, spool, limits);
    for (int i = 0; i < 3; i++) {
      cancelOne(decoder, i);
    }
    long before = DecoderUnderTest.entries(DESCRIPTORS);
    for (int i = 0; i < 20; i++) {
      cancelOne(decoder, i);
    }
    // Killed is not yet gone: the kernel takes its time. One that was not killed would stay for its
    // 60 s of silence.
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      assertThat(child.onExit().get(30, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(DecoderUnderTest.entries(DESCRIPTORS)).isLessThanOrEqualTo(before + 2);
    // One file is left in each folder that was used: the lock.
    assertThat(DecoderUnderTest.entries(spool.in(Path.of("/dev/shm")))).isLessThanOrEqualTo(1);
    assertThat(DecoderUnderTest.entries(spool.in(DecoderUnderTest.SPOOL))).isLessThanOrEqualTo(1);
    spool.close();
    assertThat(spool.in(Path.of("/dev/shm"))).doesNotExist();
    assertThat(spool.in(DecoderUnderTest.SPOOL)).doesNotExist();
  }

  /** Half of the sources are pipes, half are files. */
  private static void cancelOne(FfmpegDecoder decoder, int i) {
    PcmSink sink =
        new PcmSink() {
          @Override
          public void begin(PcmFormat format, long expectedFrames) {}

          @Override
          public void samples(float[] interleaved, int frames) {
            throw new CancellationException("enough");
          }
        };
    AudioSource source = silence(i % 2 == 0 ? "audio/wav" : "audio/mp4", 8_000, 1, 60);
    assertThatThrownBy(() -> decoder.decode(ALICE, source, sink))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  public void shouldRefuseAudioThatIsLongerThanTheLimit() {
    DecoderLimits standard = DecoderLimits.DEFAULT;
    DecoderLimits oneMinute =
        new DecoderLimits(
            Duration.ofMinutes(1),
            standard.sampleRate(),
            2,
            standard.decodedBytes(),
            standard.addressSpace(),
            standard.cpu(),
            standard.work(),
            standard.stall(),
            standard.processes());
    FfmpegDecoder decoder =
        DecoderUnderTest.withLimits(
            "best-effort", oneMinute, Confinement.BWRAP, Confinement.PRLIMIT);
    CollectingSink sink = new CollectingSink();
    assertThatThrownBy(() -> decoder.decode(ALICE, silence("audio/wav", 8_000, 1, 100), sink))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessageContaining("longer");
    assertThatThrownBy(
            () -> decoder.decode(ALICE, silence("audio/wav", 8_000, 3, 2), new CollectingSink()))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessageContaining("channels");
  }

  @Test
  public void shouldRefuseToDecodeWithoutWallsWhenTheTenantRequiresThem() {
    FfmpegDecoder decoder = DecoderUnderTest.withLadder("required", Confinement.PRLIMIT);
    assertThatThrownBy(
            () -> decoder.decode(ALICE, silence("audio/wav", 8_000, 1, 1), new CollectingSink()))
        .isInstanceOf(AdapterMissingException.class)
        .hasMessageContaining("decoder.confinement=required");
  }

  @Test
  public void shouldDecodeWithLimitsOnlyWhenTheTenantIsContentWithThat() throws Exception {
    FfmpegDecoder decoder = DecoderUnderTest.withLadder("best-effort", Confinement.PRLIMIT);
    CollectingSink sink = new CollectingSink();
    assertThat(decoder.decode(ALICE, silence("audio/wav", 8_000, 1, 2), sink).frames())
        .isEqualTo(16_000);
  }

  @Test
  public void shouldSayThatItCannotRunWhenNoLevelWorks() {
    FfmpegDecoder decoder = DecoderUnderTest.withLadder("best-effort", Confinement.NONE);
    assertThatThrownBy(
            () -> decoder.decode(ALICE, silence("audio/wav", 8_000, 1, 1), new CollectingSink()))
        .isInstanceOf(AdapterMissingException.class);
  }

  @Test
  public void shouldStopADecoderThatStalls() {
    DecoderLimits standard = DecoderLimits.DEFAULT;
    DecoderLimits impatient =
        new DecoderLimits(
            standard.length(),
            standard.sampleRate(),
            standard.channels(),
            standard.decodedBytes(),
            standard.addressSpace(),
            standard.cpu(),
            standard.work(),
            Duration.ofMillis(700),
            standard.processes());
    FfmpegDecoder decoder =
        DecoderUnderTest.withLimits(
            "best-effort", impatient, Confinement.BWRAP, Confinement.PRLIMIT);
    AudioSource endless =
        new AudioSource() {
          @Override
          public String mediaType() {
            return "audio/wav";
          }

          @Override
          public long length() {
            return 1_000_000;
          }

          @Override
          public InputStream open() {
            return new NeverEnding();
          }
        };
    assertThatThrownBy(() -> decoder.decode(ALICE, endless, new CollectingSink()))
        .isInstanceOf(java.io.IOException.class)
        .hasMessageContaining("too long");
  }

  /** A source that gives nothing until it is closed. */
  private static final class NeverEnding extends InputStream {
    private boolean closed;

    @Override
    public synchronized int read() {
      while (!closed) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return -1;
        }
      }
      return -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return read();
    }

    @Override
    public synchronized void close() {
      closed = true;
      notifyAll();
    }
  }

  private static AudioSource silence(String mediaType, int rate, int channels, int seconds) {
    byte[] wav = CollectingSink.wav(new byte[rate * channels * 2 * seconds], 1, 16, rate);
    wav[22] = (byte) channels;
    wav[32] = (byte) (2 * channels);
    return new AudioSource() {
      @Override
      public String mediaType() {
        return mediaType;
      }

      @Override
      public long length() {
        return wav.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(wav);
      }
    };
  }
}
