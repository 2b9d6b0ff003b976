package org.tonekeep.decoder.ffmpeg.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audio.api.AudioDecoder;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.Tenants;

/**
 * Offers the decoder while it can run on this machine. While it cannot, no decoder is registered,
 * so that jobs wait, {@code /readyz} says why, and every minute it is tried again.
 */
@Component(
    service = Readiness.class,
    configurationPid = "org.tonekeep.decoder.ffmpeg",
    immediate = true)
@Designate(ocd = DecoderConfig.class)
public final class DecoderStart implements Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderStart.class);
  private static final String PART = "decoder";
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final int PERIOD_SECONDS = 60;
  private static final int STOP_SECONDS = 30;

  private final BundleContext bundle;
  private final Tenants tenants;
  private final SandboxSearch search;
  private final SpoolFolder spool;
  private final FfmpegDecoder decoder;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-decoder-probe");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ServiceRegistration<AudioDecoder> offered;

  /**
   * Looks for a sandbox and starts the timer.
   *
   * @throws IllegalStateException when a folder is not configured and {@code tonekeep.data} not set
   */
  @Activate
  public DecoderStart(BundleContext bundle, DecoderConfig config, @Reference Tenants tenants) {
    this(
        bundle,
        tenants,
        new SandboxSearch(
            folder(bundle, config.tools(), "tools"), limits(config), ladder(config.ladder())),
        new SpoolFolder(MEMORY, config.spool().isBlank() ? null : Path.of(config.spool().trim())),
        limits(config));
    probe();
    var unused =
        timer.scheduleWithFixedDelay(this::probe, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Without the timer. */
  DecoderStart(
      BundleContext bundle,
      Tenants tenants,
      SandboxSearch search,
      SpoolFolder spool,
      DecoderLimits limits) {
    this.bundle = bundle;
    this.tenants = tenants;
    this.search = search;
    this.spool = spool;
    this.decoder = new FfmpegDecoder(tenants, search, spool, limits);
  }

  /** Looks again where needed, and offers or withdraws the decoder accordingly. */
  synchronized void probe() {
    try {
      search.look(sealWanted());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      // The next minute's look must not die of this one.
      LOG.error("The decoder could not be looked for", e);
    }
    boolean able = search.found().isPresent();
    ServiceRegistration<AudioDecoder> before = offered;
    if (able && before == null) {
      var properties = new Hashtable<String, Object>();
      properties.put(AudioDecoder.DECODER, "ffmpeg");
      offered = bundle.registerService(AudioDecoder.class, decoder, properties);
    } else if (!able && before != null) {
      before.unregister();
      offered = null;
    }
  }

  private boolean sealWanted() {
    return tenants.all().stream().anyMatch(FfmpegDecoder::requiresSeal);
  }

  /** Ends the timer, withdraws the decoder and removes its folders. */
  @Deactivate
  void stop() {
    // Only processes are started there, no database work: interrupting it is safe.
    var unused = timer.shutdownNow();
    try {
      if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The look for a decoder did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    withdraw();
    spool.close();
  }

  private synchronized void withdraw() {
    if (offered != null) {
      offered.unregister();
      offered = null;
    }
  }

  @Override
  public Health check() {
    String state = search.state();
    return search
        .found()
        .map(
            box ->
                !box.level().sealed() && sealWanted()
                    ? new Health(PART, false, state + ", but a tenant requires bwrap or unshare")
                    : new Health(PART, true, state))
        .orElseGet(() -> new Health(PART, false, state));
  }

  private static Path folder(BundleContext bundle, String configured, String name) {
    if (!configured.isBlank()) {
      return Path.of(configured.trim());
    }
    String data = bundle.getProperty("tonekeep.data");
    if (data == null || data.isBlank()) {
      throw new IllegalStateException("The property tonekeep.data is not set");
    }
    return Path.of(data, name);
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
