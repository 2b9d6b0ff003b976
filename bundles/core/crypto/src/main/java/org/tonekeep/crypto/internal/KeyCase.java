package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.crypto.api.DailySecret;
import org.tonekeep.crypto.api.KeyOwners;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.rest.api.Readiness.Health;

/**
 * The root key and the services over it: locked, open, or refused. One thread at a time; how it
 * stands may be asked by any.
 */
final class KeyCase {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCase.class);
  private static final String PART = "keys";

  private final BundleContext context;
  private final Supplier<Setting> settings;
  private final Supplier<@Nullable Audit> audit;
  private final Clock clock;
  private final List<ServiceRegistration<?>> services = new ArrayList<>();
  private volatile @Nullable Setting setting;
  private @Nullable RootKey root;
  private @Nullable OpenKeys open;
  private volatile boolean locked;
  private volatile Health health = new Health(PART, false, "The keys are not open yet");

  /**
   * @param settings throws {@link KeysRefusedException} when a setting is wrong
   * @param audit the audit log when it is there
   */
  KeyCase(
      BundleContext context,
      Supplier<Setting> settings,
      Supplier<@Nullable Audit> audit,
      Clock clock) {
    this.context = context;
    this.settings = settings;
    this.audit = audit;
    this.clock = clock;
  }

  /** Where everything is. */
  record Setting(RootKeySource source, KeyPlace place, Path keys, Path data) {}

  Health health() {
    return health;
  }

  boolean isLocked() {
    return locked;
  }

  /** Opens what can be opened; what cannot is said in the health and the log. */
  void attempt() {
    try {
      Setting now = setting();
      RootKey key = root == null ? now.source().open() : root;
      root = key;
      locked = false;
      OpenKeys keys = OpenKeys.in(now.place(), key, now.data(), clock);
      open = keys;
      ready(now);
      services.add(context.registerService(DailySecret.class, keys.day(), null));
      services.add(context.registerService(KeyRing.class, keys.ring(), null));
      services.add(context.registerService(OwnerKeys.class, noted(keys.owners()), null));
    } catch (KeysLockedException e) {
      locked = true;
      unready(String.valueOf(e.getMessage()), null);
    } catch (KeysRefusedException e) {
      unready(String.valueOf(e.getMessage()), null);
    } catch (KeysUnavailableException e) {
      unready(String.valueOf(e.getMessage()), e.getCause());
    } catch (IOException e) {
      unready("The keys cannot be opened: " + e, e);
    }
  }

  private OwnerKeys noted(OwnerKeys keys) {
    return new NotedOwnerKeys(keys, audit);
  }

  /** Tries again, or keeps house; called once a second. */
  void tick(List<KeyOwners> known) {
    OpenKeys keys = open;
    if (keys != null && !setting().place().isSame()) {
      shut();
      keys = null;
    }
    if (keys == null) {
      attempt();
      return;
    }
    try {
      keys.tick(known);
      ready(setting());
    } catch (KeysUnavailableException e) {
      unready(String.valueOf(e.getMessage()), e.getCause());
    }
  }

  private void ready(Setting now) {
    OpenKeys keys = open;
    String detail =
        now.source().where()
            + "; "
            + now.place().where()
            + (keys == null ? "" : keys.remark().map(words -> "; " + words).orElse(""));
    if (!health.ready()) {
      LOG.info("{}", detail);
    }
    health = new Health(PART, true, detail);
  }

  private void unready(String detail, @Nullable Throwable cause) {
    if (health.ready() || !health.detail().equals(detail)) {
      LOG.error("No keys: {}", detail, cause);
    }
    health = new Health(PART, false, detail);
  }

  RootKeySource source() {
    return setting().source();
  }

  private Setting setting() {
    Setting known = setting;
    if (known == null) {
      known = settings.get();
      setting = known;
    }
    return known;
  }

  boolean unlock(char[] passphrase) throws IOException {
    if (root == null) {
      root = source().unlock(passphrase);
      attempt();
    }
    return true;
  }

  boolean protect(char[] current, char[] passphrase) throws IOException {
    RootKey key = root;
    if (key == null) {
      throw new KeysLockedException("There is no open root key: see the line 'keys' of /readyz");
    }
    if (source().isSealed() && !source().unlock(current).fingerprint().equals(key.fingerprint())) {
      throw new KeysRefusedException("The sealed root key is another one");
    }
    source().protect(key, passphrase);
    return true;
  }

  Path backUp(Path file, char[] passphrase) throws IOException {
    RootKey key = root;
    OpenKeys keys = open;
    if (key == null || keys == null) {
      throw new KeysLockedException("The keys are not open: see the line 'keys' of /readyz");
    }
    Path target = file.toAbsolutePath().normalize();
    for (Path inside : List.of(setting().data(), setting().keys())) {
      if (target.startsWith(inside.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException("Keep the backup of keys apart from " + inside);
      }
    }
    byte[] sealed = KeyBackup.of(key, source().isSealed(), keys.wrapped()).seal(passphrase);
    if (!new KeyDisk().publish(target, sealed, KeyDisk.KEY_MODE)) {
      throw new IllegalArgumentException(target + " is there already");
    }
    byte[] back = KeyBackup.open(passphrase, Files.readAllBytes(target)).root().bytes();
    if (!java.security.MessageDigest.isEqual(back, key.bytes())) {
      throw new IOException("What was written to " + target + " reads back as another key");
    }
    return target;
  }

  OpenKeys opened() {
    OpenKeys keys = open;
    if (keys == null) {
      throw new KeysLockedException("The keys are not open: see the line 'keys' of /readyz");
    }
    return keys;
  }

  int restore(Path file, char[] passphrase) throws IOException {
    KeyBackup backup = KeyBackup.open(passphrase, Files.readAllBytes(file));
    RootKeySource source = source();
    source.requireFits(backup.root());
    boolean missing = !source.isThere();
    if (!missing) {
      RootKey own = Optional.ofNullable(root).orElseThrow(() -> locked());
      if (!own.fingerprint().equals(backup.root().fingerprint())) {
        throw new KeysRefusedException("There is another root key: nothing is replaced");
      }
    }
    KeyDisk.createFolders(setting().keys());
    OpenKeys keys = open;
    WrappedKeys wrapped = keys == null ? setting().place().open(backup.root()) : keys.wrapped();
    int restored = backup.addTo(wrapped);
    // Last: without it nothing starts, so a restore that was cut short is seen, and done again.
    if (missing) {
      source.restore(backup.root(), backup.isSealed() ? passphrase : null);
      root = backup.root();
    }
    if (open == null) {
      attempt();
    }
    return restored;
  }

  private static KeysLockedException locked() {
    return new KeysLockedException("The root key is locked: tonekeep:key-unlock comes first");
  }

  void close() {
    shut();
    root = null;
  }

  private void shut() {
    services.forEach(ServiceRegistration::unregister);
    services.clear();
    OpenKeys keys = open;
    if (keys != null) {
      keys.forget();
    }
    open = null;
  }
}
