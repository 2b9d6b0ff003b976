package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.crypto.api.KeyRing;
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
  private final @Nullable ServiceRegistration<KeyRing> ring;

  /** Opens the keys in the folders that {@code tonekeep.keys} and {@code tonekeep.data} name. */
  @Activate
  public KeyRingStart(BundleContext context) {
    ServiceRegistration<KeyRing> registered = null;
    Health found;
    try {
      RootKeyFile file =
          new RootKeyFile(
              folder(context, "tonekeep.keys"),
              folder(context, "tonekeep.data"),
              Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
      registered = context.registerService(KeyRing.class, file.open(), null);
      found = new Health(PART, true, "The root key is " + file.file());
      LOG.info("The root key is {}", file.file());
    } catch (KeysRefusedException e) {
      found = new Health(PART, false, String.valueOf(e.getMessage()));
      LOG.error("No keys: {}", e.getMessage());
    } catch (IOException e) {
      found = new Health(PART, false, "The key file cannot be opened: " + e);
      LOG.error("No keys: the key file cannot be opened", e);
    }
    this.health = found;
    this.ring = registered;
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
    if (ring != null) {
      ring.unregister();
    }
  }

  @Override
  public Health check() {
    return health;
  }
}
