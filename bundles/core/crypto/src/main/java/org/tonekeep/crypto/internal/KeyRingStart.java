package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.crypto.api.DailySecret;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.rest.api.Readiness;

/**
 * Offers the {@link KeyRing} when the keys are in order. When they are not, no ring is registered,
 * so nothing that needs one starts, and {@code /readyz} says why. (A component that throws at its
 * activation would leave its service registered and the reason only in the log.)
 */
@Component(service = Readiness.class, immediate = true)
public final class KeyRingStart implements Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRingStart.class);

  private static final String PART = "keys";

  private final Health health;
  private final List<ServiceRegistration<?>> services = new ArrayList<>();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-keys");
            thread.setDaemon(true);
            return thread;
          });

  /** Opens the keys in the folders that {@code tonekeep.keys} and {@code tonekeep.data} name. */
  @Activate
  public KeyRingStart(BundleContext context, @Reference Clock clock) {
    Health found;
    try {
      Path keys = folder(context, "tonekeep.keys");
      Path data = folder(context, "tonekeep.data");
      RootKeyFile file =
          new RootKeyFile(
              keys,
              data,
              Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
      OpenKeys open = OpenKeys.inFiles(file.open(), keys, data, clock);
      services.add(context.registerService(KeyRing.class, open.ring(), null));
      services.add(context.registerService(OwnerKeys.class, open.owners(), null));
      services.add(context.registerService(DailySecret.class, open.day(), null));
      ScheduledFuture<?> unused =
          ticks.scheduleWithFixedDelay(() -> tick(open), 1, 1, TimeUnit.SECONDS);
      found = new Health(PART, true, "The root key is " + file.file());
      LOG.info("The root key is {}", file.file());
    } catch (KeysRefusedException e) {
      found = new Health(PART, false, String.valueOf(e.getMessage()));
      LOG.error("No keys: {}", e.getMessage());
    } catch (IOException | KeysUnavailableException e) {
      found = new Health(PART, false, "The key file cannot be opened: " + e);
      LOG.error("No keys: the key file cannot be opened", e);
    }
    this.health = found;
  }

  private static void tick(OpenKeys open) {
    try {
      open.tick();
    } catch (KeysUnavailableException e) {
      // Tried again in a second; a thrown exception would end the ticking.
      LOG.error("Yesterday's secret cannot be destroyed yet", e);
    }
  }

  /** A guessed folder would hide the operator's keys and data from them, so there is none. */
  private static Path folder(BundleContext context, String property) {
    String named = context.getProperty(property);
    if (named == null || named.isBlank()) {
      throw new KeysRefusedException("The property " + property + " is not set");
    }
    return Path.of(named);
  }

  /** Takes the ring back. */
  @Deactivate
  public void stop() {
    List<Runnable> unused = ticks.shutdownNow();
    services.forEach(ServiceRegistration::unregister);
  }

  @Override
  public Health check() {
    return health;
  }
}
