package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tonekeep.audio.api.AudioDecoder;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.PcmFormat;
import org.tonekeep.audio.api.PcmSink;
import org.tonekeep.audio.api.UndecodableAudioException;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Decodes with one confined ffmpeg process per call. */
final class FfmpegDecoder implements AudioDecoder {
  /** What the container declares may differ a little from what is in it (padding, rounding). */
  private static final double TOLERANCE_SECONDS = 0.3;

  private final Tenants tenants;
  private final SandboxSearch search;
  private final SpoolFolder spool;
  private final DecoderLimits limits;

  FfmpegDecoder(Tenants tenants, SandboxSearch search, SpoolFolder spool, DecoderLimits limits) {
    this.tenants = tenants;
    this.search = search;
    this.spool = spool;
    this.limits = limits;
  }

  @Override
  public Decoded decode(TenantId tenant, AudioSource source, PcmSink sink) throws IOException {
    Sandbox box = search.found().orElseThrow(FfmpegDecoder::away);
    Tenant site = tenants.require(tenant);
    if (!box.level().sealed() && requiresSeal(site)) {
      throw new AdapterMissingException(
          DecoderKeys.CONFINEMENT.name() + "=" + DecoderKeys.REQUIRED);
    }
    if (source.length() == 0) {
      throw new UndecodableAudioException("The file is empty");
    }
    DecoderLimits own =
        limits.within(site.get(DecoderKeys.LONGEST), site.get(DecoderKeys.CHANNELS));
    ProcessBuilder command = box.command("ffmpeg", arguments());
    try (DecoderProcess process = start(box, command, source)) {
      return pump(box, process, sink, own);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("Interrupted while decoding").initCause(e);
    }
  }

  /** Nothing is wrong with the audio: whoever asked waits until the decoder runs again. */
  private static AdapterMissingException away() {
    return new AdapterMissingException(AudioDecoder.DECODER + "=ffmpeg");
  }

  private DecoderProcess start(Sandbox box, ProcessBuilder command, AudioSource source)
      throws IOException, InterruptedException {
    try {
      return start(command, source);
    } catch (IOException e) {
      if (search.isBroken(box)) {
        AdapterMissingException away = away();
        away.initCause(e);
        throw away;
      }
      throw e;
    }
  }

  private DecoderProcess start(ProcessBuilder command, AudioSource source) throws IOException {
    if (!seeks(source.mediaType())) {
      InputStream in = source.open();
      boolean started = false;
      try {
        DecoderProcess process = DecoderProcess.piped(command, in, limits);
        started = true;
        return process;
      } finally {
        if (!started) {
          in.close();
        }
      }
    }
    Path file;
    try (InputStream in = source.open()) {
      file = spool.write(in, source.length());
    }
    try {
      return DecoderProcess.withFile(command, file, limits);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Decoded pump(Sandbox box, DecoderProcess process, PcmSink sink, DecoderLimits own)
      throws IOException, InterruptedException {
    WaveReader reader = new WaveReader(process.output());
    WaveReader.Header header = reader.header();
    long frames = 0;
    PcmFormat format = null;
    Diagnostics said = process.diagnostics();
    if (header != null) {
      format = checked(header, own);
      said.awaitDescription();
      double seconds = said.declaredSeconds();
      if (said.declared() && seconds > own.length().toSeconds() + 1) {
        throw tooLong(own); // ten hours of silence are half a MiB of FLAC, and gigabytes of samples
      }
      float[] samples = new float[WaveReader.capacity()];
      int count = reader.read(samples, format.channels());
      if (count > 0) {
        sink.begin(format, seconds < 0 ? -1 : Math.round(seconds * format.sampleRate()));
      }
      while (count > 0) {
        frames += count;
        checkLength(frames, format, own);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        sink.samples(samples, count);
        count = reader.read(samples, format.channels());
      }
    }
    int exit = process.awaitEnd();
    if (format == null || frames == 0) {
      if (exit != 0 && search.isBroken(box)) {
        throw away();
      }
      throw new UndecodableAudioException(
          exit == 0 ? "The file holds no audio: it has no samples" : said.cause().reason());
    }
    double missing = said.declaredSeconds() - (double) frames / format.sampleRate();
    boolean shorter = said.declared() && missing > TOLERANCE_SECONDS;
    return new Decoded(format, frames, exit != 0 || said.torn() || shorter);
  }

  private static PcmFormat checked(WaveReader.Header header, DecoderLimits own) {
    if (header.channels() > own.channels() || header.channels() < 1) {
      throw new UndecodableAudioException("The file has more than " + own.channels() + " channels");
    }
    if (header.sampleRate() > own.sampleRate() || header.sampleRate() < 1) {
      throw new UndecodableAudioException(
          "The file's sample rate is higher than " + own.sampleRate() / 1000 + " kHz");
    }
    return new PcmFormat(header.sampleRate(), header.channels(), header.mask());
  }

  private static void checkLength(long frames, PcmFormat format, DecoderLimits own) {
    if (frames > own.length().toSeconds() * format.sampleRate()
        || frames * format.channels() * 4 > own.decodedBytes()) {
      throw tooLong(own);
    }
  }

  private static UndecodableAudioException tooLong(DecoderLimits own) {
    long minutes = Math.max(1, own.length().toMinutes());
    String most = minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
    return new UndecodableAudioException(
        "The audio is longer than can be read here (at most " + most + ")");
  }

  /** Input is descriptor 0 only; formats and codecs are those that the platform takes. */
  private static List<String> arguments() {
    return List.of(
        "-nostdin",
        "-hide_banner",
        "-nostats",
        "-loglevel",
        "level+info",
        "-protocol_whitelist",
        "fd,pipe",
        "-format_whitelist",
        "wav,flac,mp3,ogg,aac,mov,aiff",
        "-codec_whitelist",
        Codecs.WHITELIST,
        "-threads",
        "1",
        "-fd",
        "0",
        "-i",
        "fd:",
        "-map",
        "0:a:0",
        "-vn",
        "-sn",
        "-dn",
        "-map_metadata",
        "-1",
        "-threads",
        "1",
        "-filter_threads",
        "1",
        "-c:a",
        "pcm_f32le",
        "-f",
        "wav",
        "pipe:1");
  }

  /** Whether the container may keep its index at the end. */
  private static boolean seeks(String mediaType) {
    String type = mediaType.toLowerCase(Locale.ROOT);
    return type.contains("mp4") || type.contains("m4a") || type.contains("quicktime");
  }

  static boolean requiresSeal(Tenant tenant) {
    return tenant.get(DecoderKeys.CONFINEMENT).equals(DecoderKeys.REQUIRED);
  }
}
