package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audio.api.AudioDecoder;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.PcmFormat;
import org.tonekeep.audio.api.PcmSink;
import org.tonekeep.audio.api.UndecodableAudioException;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Decodes with one confined ffmpeg process per call. */
@Component(
    service = {AudioDecoder.class, Readiness.class},
    property = AudioDecoder.DECODER + "=ffmpeg",
    configurationPid = "org.tonekeep.decoder.ffmpeg",
    immediate = true)
@Designate(ocd = DecoderConfig.class)
public final class FfmpegDecoder implements AudioDecoder, Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(FfmpegDecoder.class);
  private static final Path MEMORY = Path.of("/dev/shm");

  /** What the container declares may differ a little from what is in it (padding, rounding). */
  private static final double TOLERANCE_SECONDS = 0.3;

  private final Tenants tenants;
  private final DecoderLimits limits;
  private final SpoolFolder spool;
  private final @Nullable Sandbox sandbox;
  private final String state;

  @Activate
  public FfmpegDecoder(BundleContext bundle, DecoderConfig config, @Reference Tenants tenants) {
    this(
        tenants,
        folder(bundle, config.tools(), "tools"),
        folder(bundle, config.spool(), "tmp"),
        limits(config),
        ladder(config.ladder()));
  }

  FfmpegDecoder(
      Tenants tenants, Path tools, Path spool, DecoderLimits limits, List<Confinement> ladder) {
    this.tenants = tenants;
    this.limits = limits;
    this.spool = new SpoolFolder(MEMORY, spool);
    Sandbox found = null;
    String words;
    try {
      ToolFolder folder = new ToolFolder(tools);
      found = Sandbox.find(new Jail(folder.prepare()), limits, ladder);
      words = "ffmpeg " + folder.version() + ", confined by " + found.level().word();
      LOG.info("Decoder: {}", words);
    } catch (IOException e) {
      words = "no decoder: " + e.getMessage();
      LOG.error("Audio cannot be decoded on this machine", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      words = "no decoder: interrupted while starting";
    }
    this.sandbox = found;
    this.state = words;
  }

  @Deactivate
  void deactivate() {
    spool.close();
  }

  @Override
  public Health check() {
    Sandbox box = sandbox;
    if (box == null) {
      return new Health("decoder", false, state);
    }
    if (!box.level().sealed() && tenants.all().stream().anyMatch(FfmpegDecoder::requiresSeal)) {
      return new Health("decoder", false, state + ", but a tenant requires bwrap or unshare");
    }
    return new Health("decoder", true, state);
  }

  /** The level that was reached. */
  Confinement level() {
    Sandbox box = sandbox;
    return box == null ? Confinement.NONE : box.level();
  }

  /** For tests of what a process in there can do. */
  Optional<Sandbox> sandbox() {
    return Optional.ofNullable(sandbox);
  }

  @Override
  public Decoded decode(TenantId tenant, AudioSource source, PcmSink sink) throws IOException {
    Sandbox box = sandbox;
    if (box == null) {
      throw new IOException("The decoder cannot run on this server");
    }
    if (!box.level().sealed() && requiresSeal(tenants.require(tenant))) {
      throw new JobFailedException("The decoder's sandbox is not available on this server");
    }
    if (source.length() == 0) {
      throw new UndecodableAudioException("The file is empty");
    }
    ProcessBuilder command = box.command("ffmpeg", arguments());
    try (DecoderProcess process = start(command, source)) {
      return pump(process, sink);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("Interrupted while decoding").initCause(e);
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

  private Decoded pump(DecoderProcess process, PcmSink sink)
      throws IOException, InterruptedException {
    WaveReader reader = new WaveReader(process.output());
    WaveReader.Header header = reader.header();
    long frames = 0;
    PcmFormat format = null;
    Diagnostics said = process.diagnostics();
    if (header != null) {
      format = checked(header);
      said.awaitDescription();
      double seconds = said.declaredSeconds();
      float[] samples = new float[WaveReader.capacity()];
      int count = reader.read(samples, format.channels());
      if (count > 0) {
        sink.begin(format, seconds < 0 ? -1 : Math.round(seconds * format.sampleRate()));
      }
      while (count > 0) {
        frames += count;
        checkLength(frames, format);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        sink.samples(samples, count);
        count = reader.read(samples, format.channels());
      }
    }
    int exit = process.awaitEnd();
    if (format == null || frames == 0) {
      throw new UndecodableAudioException(
          exit == 0 ? "The file holds no audio: it has no samples" : said.cause().reason());
    }
    double missing = said.declaredSeconds() - (double) frames / format.sampleRate();
    boolean shorter = said.declared() && missing > TOLERANCE_SECONDS;
    return new Decoded(format, frames, exit != 0 || said.torn() || shorter);
  }

  private PcmFormat checked(WaveReader.Header header) {
    if (header.channels() > limits.channels() || header.channels() < 1) {
      throw new UndecodableAudioException(
          "The file has more than " + limits.channels() + " channels");
    }
    if (header.sampleRate() > limits.sampleRate() || header.sampleRate() < 1) {
      throw new UndecodableAudioException(
          "The file's sample rate is higher than " + limits.sampleRate() / 1000 + " kHz");
    }
    return new PcmFormat(header.sampleRate(), header.channels(), header.mask());
  }

  private void checkLength(long frames, PcmFormat format) {
    if (frames > limits.length().toSeconds() * format.sampleRate()
        || frames * format.channels() * 4 > limits.decodedBytes()) {
      throw new UndecodableAudioException(
          "The audio is longer than can be read here (" + limits.length().toHours() + " hours)");
    }
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

  private static boolean requiresSeal(Tenant tenant) {
    return tenant.get(DecoderKeys.CONFINEMENT).equals(DecoderKeys.REQUIRED);
  }

  private static Path folder(BundleContext bundle, String configured, String name) {
    if (!configured.isBlank()) {
      return Path.of(configured.trim());
    }
    String data = bundle.getProperty("tonekeep.data");
    return data == null || data.isBlank()
        ? Path.of(System.getProperty("user.home"), ".tonekeep", name)
        : Path.of(data, name);
  }

  private static DecoderLimits limits(DecoderConfig config) {
    DecoderLimits standard = DecoderLimits.DEFAULT;
    return new DecoderLimits(
        Duration.ofHours(config.maxHours()),
        standard.sampleRate(),
        standard.channels(),
        (long) config.maxDecodedGiB() << 30,
        (long) config.memoryMiB() << 20,
        Duration.ofSeconds(config.cpuSeconds()),
        standard.work(),
        standard.stall(),
        standard.processes());
  }

  private static List<Confinement> ladder(String text) {
    List<Confinement> ladder = new ArrayList<>();
    Arrays.stream(text.split(",", -1))
        .map(word -> Confinement.valueOf(word.trim().toUpperCase(Locale.ROOT)))
        .forEach(ladder::add);
    return ladder;
  }
}
