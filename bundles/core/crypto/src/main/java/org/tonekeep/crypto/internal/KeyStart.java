package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.crypto.api.KeyOwners;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.TenantId;

/**
 * Opens the keys and offers their services. While they are locked, missing or away there are no
 * services, so nothing that needs them starts, and {@code /readyz} says why. All work is done by
 * one thread, which tries again every second: nothing needs a restart.
 */
@Component(
    service = {Readiness.class, KeyDesk.class},
    immediate = true,
    configurationPid = "org.tonekeep.crypto")
@Designate(ocd = CryptoConfig.class)
public final class KeyStart implements Readiness, KeyDesk {
  private static final Logger LOG = LoggerFactory.getLogger(KeyStart.class);
  private static final int STOP_SECONDS = 30;

  @Reference(
      target = "(osgi.jndi.service.name=tonekeep-keys)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable DataSource keysDatabase;

  @Reference(
      target = "(osgi.jndi.service.name=tonekeep-pool)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable DataSource mainDatabase;

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile List<KeyOwners> owners = List.of();

  /** The log needs keys, so it cannot be waited for. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Audit audit;

  private final KeyCase keyCase;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-keys");
            thread.setDaemon(true);
            return thread;
          });

  /** Opens the keys in the folders that {@code tonekeep.keys} and {@code tonekeep.data} name. */
  @Activate
  public KeyStart(BundleContext context, @Reference Clock clock, CryptoConfig config) {
    this(context, clock, config.keys_store(), System.getenv());
  }

  KeyStart(BundleContext context, Clock clock, String store, Map<String, String> environment) {
    this.keyCase =
        new KeyCase(
            context,
            () -> {
              Path keys = folder(context, "tonekeep.keys");
              Path data = folder(context, "tonekeep.data");
              return new KeyCase.Setting(
                  new RootKeySource(keys, data, started(), environment),
                  KeyPlace.of(store, keys, data, () -> keysDatabase, () -> mainDatabase),
                  keys,
                  data);
            },
            () -> audit,
            clock);
    // Not here: what starts with the keys may come back to this component, which must be whole
    // then.
    ScheduledFuture<?> unused = worker.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
  }

  private static Instant started() {
    return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  /** A guessed folder would hide the operator's keys and data from them, so there is none. */
  private static Path folder(BundleContext context, String property) {
    String named = context.getProperty(property);
    if (named == null || named.isBlank()) {
      throw new KeysRefusedException("The property " + property + " is not set");
    }
    return Path.of(named);
  }

  private void tick() {
    try {
      keyCase.tick(List.copyOf(owners));
    } catch (RuntimeException e) {
      // Whoever knows owners may fail in any way; what is thrown here would end the ticking.
      LOG.error("The keys' housekeeping failed and is tried again", e);
    }
  }

  /** Takes the services back, and the keys out of memory. */
  @Deactivate
  public void stop() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Work on keys did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keyCase.close();
  }

  @Override
  public Health check() {
    return keyCase.health();
  }

  @Override
  public boolean isLocked() {
    return keyCase.isLocked();
  }

  @Override
  public boolean isSealed() {
    return keyCase.source().isSealed();
  }

  @Override
  public void unlock(char[] passphrase) throws IOException {
    boolean unused = work(() -> keyCase.unlock(passphrase));
  }

  @Override
  public void protect(char[] current, char[] passphrase) throws IOException {
    boolean unused = work(() -> keyCase.protect(current, passphrase));
  }

  @Override
  public void backUp(Path file, char[] passphrase) throws IOException {
    Path unused = work(() -> keyCase.backUp(file, passphrase));
  }

  @Override
  public int restore(Path file, char[] passphrase) throws IOException {
    return work(() -> keyCase.restore(file, passphrase));
  }

  @Override
  public List<TenantId> tenants() throws IOException {
    return open().wrapped().tenants();
  }

  @Override
  public List<Version> versions(TenantId tenant) throws IOException {
    return open().versions(tenant);
  }

  @Override
  public long ephemeral(TenantId tenant) throws IOException {
    return open().owners().ephemeral(tenant);
  }

  /** In the caller's thread: it takes long, and midnight does not wait. */
  @Override
  public Rotated rotate(TenantId tenant) throws IOException {
    Rotated done = open().rotation().rotate(tenant);
    Audit log = audit;
    if (log == null) {
      LOG.warn("The audit log is away and misses that the key of {} was rotated", tenant);
    } else {
      log.append(
          tenant,
          AuditEntry.of(Actor.operator(), "tenant-key.rotate")
              .with("version", Integer.toString(done.version()))
              .with("rewrapped", Long.toString(done.rewrapped())));
    }
    return done;
  }

  private OpenKeys open() throws IOException {
    return work(keyCase::opened);
  }

  private <T> T work(Callable<T> work) throws IOException {
    try {
      return worker.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
    }
  }
}
