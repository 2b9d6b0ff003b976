package org.tonekeep.storage.s3.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
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
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.storage.api.BlobStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Registers the store while the configuration names a bucket, looks every minute whether the bucket
 * answers, and tidies it. Without a bucket there is no such adapter.
 */
@Component(
    service = Readiness.class,
    immediate = true,
    configurationPid = "org.tonekeep.storage.s3")
@Designate(ocd = S3Config.class)
public final class S3Start implements Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(S3Start.class);
  private static final String PART = "storage-s3";
  private static final int LOOK_SECONDS = 30;
  private static final Duration TIDY = Duration.ofHours(6);

  private final @Nullable Running running;
  private volatile Health health;

  @Activate
  public S3Start(BundleContext context, @Reference Clock clock, S3Config config) {
    Running started = null;
    Health said = new Health(PART, true, "no bucket is configured");
    if (!config.bucket().isBlank()) {
      try {
        S3Settings settings = S3Settings.of(config, System.getenv());
        started = new Running(context, clock, settings);
        said = new Health(PART, true, settings.toString());
        LOG.info("Blobs of adapter 's3' lie in {}", settings);
      } catch (IllegalArgumentException e) {
        said = new Health(PART, false, "org.tonekeep.storage.s3.cfg: " + e.getMessage());
        LOG.error("There is no adapter 's3': {}", said.detail());
      }
    }
    this.health = said;
    this.running = started;
    if (started != null) {
      started.begin();
    }
  }

  @Deactivate
  void stop() {
    if (running != null) {
      running.end();
    }
  }

  /** What the last look found; the next one is at most half a minute away. */
  @Override
  public Health check() {
    return health;
  }

  private final class Running {
    private final Bucket bucket;
    private final Clock clock;
    private final ServiceRegistration<BlobStore> registration;
    private final ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "tonekeep-storage-s3");
              thread.setDaemon(true);
              return thread;
            });
    private Instant tidied;

    Running(BundleContext context, Clock clock, S3Settings settings) {
      this.clock = clock;
      this.tidied = clock.instant();
      S3Client client = Clients.of(settings);
      this.bucket = new Bucket(client, settings);
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put(BlobStore.ADAPTER, "s3");
      this.registration =
          context.registerService(BlobStore.class, new S3BlobStore(bucket), properties);
    }

    void begin() {
      var unused = timer.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
      String where = bucket.settings().toString();
      try {
        bucket.ask(c -> c.headBucket(r -> r.bucket(bucket.name())));
        health = new Health(PART, true, where);
        if (clock.instant().isAfter(tidied.plus(TIDY))) {
          tidied = clock.instant();
          LOG.info("Aborted {} unfinished uploads", new Leftovers(bucket, clock).sweep());
        }
      } catch (IOException | RuntimeException e) {
        // The next look must not die of this one.
        if (health.ready()) {
          LOG.warn("The {} does not answer as it should", where, e);
        }
        health = new Health(PART, false, where + ": " + e.getMessage());
      }
    }

    void end() {
      registration.unregister();
      timer.shutdownNow();
      bucket.close();
    }
  }
}
