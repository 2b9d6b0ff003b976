package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import org.tonekeep.tenant.api.TenantId;

/**
 * Wrapped keys as files of mode 0400: {@code tenants/<tenant>}, with a dot and the version behind
 * it from version 2 on, and {@code owners/<tenant>/<first 5 of the owner>/<owner>}. Owners are
 * UUIDv7, so five digits are three days of sign-ups and paths are in the order of ids.
 */
final class FileKeys implements WrappedKeys {
  private static final int FAN = 5;
  private static final int REMEMBERED = 10_000;

  private final Path keys;
  private final Path tenants;
  private final Path owners;
  private final Marks graves;
  private final FileLedger ledger;
  private final BiFunction<TenantId, String, String> mark;
  private final KeyDisk disk = new KeyDisk();
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();
  private final FileRewraps rewraps;

  /** Keys are overwritten in their place, so nobody reads meanwhile. */
  private final ReadWriteLock contents = new ReentrantReadWriteLock();

  /**
   * @param mark names an owner among the graves
   */
  FileKeys(Path keys, Marks graves, BiFunction<TenantId, String, String> mark) {
    this.keys = keys;
    this.tenants = keys.resolve("tenants");
    this.owners = keys.resolve("owners");
    this.graves = graves;
    this.ledger = new FileLedger(keys, graves);
    this.mark = mark;
    this.rewraps = new FileRewraps(keys, this::file, this::overwrite);
  }

  @Override
  public List<WrappedKey> tenantKeys(TenantId tenant) {
    return io(
        () -> {
          List<WrappedKey> versions = new ArrayList<>();
          Optional<WrappedKey> key = read(tenantFile(tenant, 1));
          while (key.isPresent()) {
            versions.add(key.get());
            key = read(tenantFile(tenant, versions.size() + 1));
          }
          return versions;
        });
  }

  @Override
  public WrappedKey addTenantKey(TenantId tenant, int version, WrappedKey key) {
    return io(
        () -> {
          Path file = tenantFile(tenant, version);
          ensure(tenants);
          boolean unused = disk.publish(file, key.bytes(), KeyDisk.KEY_MODE);
          KeyDisk.syncFolder(tenants);
          return read(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
        });
  }

  private Path tenantFile(TenantId tenant, int version) {
    return tenants.resolve(version == 1 ? tenant.value() : tenant + "." + version);
  }

  @Override
  public Optional<WrappedKey> ownerKey(TenantId tenant, String owner) {
    return io(
        () -> {
          // Asked first: an interrupted destruction leaves a file that is no key any more.
          return graves.contains(mark.apply(tenant, owner))
              ? Optional.empty()
              : read(file(tenant, owner));
        });
  }

  @Override
  public synchronized boolean addOwnerKey(TenantId tenant, String owner, WrappedKey key) {
    return io(
        () -> {
          if (graves.contains(mark.apply(tenant, owner))) {
            return false;
          }
          Path file = file(tenant, owner);
          ensure(KeyDisk.parent(file));
          if (!disk.publish(file, key.bytes(), KeyDisk.KEY_MODE)) {
            // Made by a process that may have died before it synced the folder.
            KeyDisk.syncFolder(KeyDisk.parent(file));
          }
          return true;
        });
  }

  @Override
  public synchronized void destroyOwnerKey(TenantId tenant, String owner) {
    boolean unused =
        io(
            () -> {
              graves.add(mark.apply(tenant, owner));
              KeyDisk.destroy(file(tenant, owner));
              return true;
            });
  }

  @Override
  public boolean isDestroyed(TenantId tenant, String owner) {
    return io(() -> graves.contains(mark.apply(tenant, owner)));
  }

  @Override
  public int replaceOwnerKeys(TenantId tenant, List<Rewrapped> batch) {
    return io(() -> rewraps.replace(tenant, batch));
  }

  @Override
  public List<OwnerKey> ownerKeys(TenantId tenant, String after, int limit) {
    return io(
        () -> {
          List<OwnerKey> found = new ArrayList<>();
          Path folder = owners.resolve(tenant.value());
          String from = after.substring(0, Math.min(FAN, after.length()));
          for (String fan : names(folder)) {
            if (fan.compareTo(from) < 0) {
              continue;
            }
            for (String owner : names(folder.resolve(fan))) {
              if (found.size() >= limit) {
                return found;
              }
              if (owner.compareTo(after) > 0) {
                ownerKey(tenant, owner).ifPresent(key -> found.add(new OwnerKey(owner, key)));
              }
            }
          }
          return found;
        });
  }

  @Override
  public List<TenantId> tenants() {
    return io(
        () ->
            names(tenants).stream()
                // Later versions have the tenant's name, a dot and a number.
                .filter(name -> name.indexOf('.') < 0)
                .map(TenantId::new)
                .toList());
  }

  @Override
  public void clean() {
    boolean unused =
        io(
            () -> {
              // Its threads wait for each other here, so it must not be inside.
              rewraps.recover();
              return true;
            });
    sweep();
  }

  private synchronized void sweep() {
    boolean unused =
        io(
            () -> {
              KeyDisk.sweep(keys);
              KeyDisk.sweep(tenants);
              for (String tenant : names(owners)) {
                for (String fan : names(owners.resolve(tenant))) {
                  Path folder = owners.resolve(tenant).resolve(fan);
                  KeyDisk.sweep(folder);
                  for (String owner : names(folder)) {
                    if (graves.contains(mark.apply(new TenantId(tenant), owner))) {
                      KeyDisk.destroy(folder.resolve(owner));
                    }
                  }
                }
              }
              return true;
            });
  }

  @Override
  public KeyLedger ledger() {
    return ledger;
  }

  /** Not while the key is destroyed: what is written after the zeroes would outlive them. */
  private synchronized boolean overwrite(TenantId tenant, String owner, FileRewraps.Write write)
      throws IOException {
    if (graves.contains(mark.apply(tenant, owner))) {
      return false;
    }
    contents.writeLock().lock();
    try {
      return write.run();
    } finally {
      contents.writeLock().unlock();
    }
  }

  private Path file(TenantId tenant, String owner) {
    return owners.resolve(tenant.value()).resolve(owner.substring(0, FAN)).resolve(owner);
  }

  /** Makes the folder durable: once made, its parent is synced. Forgetting costs a sync. */
  private void ensure(Path folder) throws IOException {
    if (durable.contains(folder)) {
      return;
    }
    if (!folder.equals(owners) && !folder.equals(tenants)) {
      ensure(KeyDisk.parent(folder));
    }
    KeyDisk.createFolders(folder);
    KeyDisk.syncFolder(KeyDisk.parent(folder));
    if (durable.size() >= REMEMBERED) {
      durable.clear();
    }
    durable.add(folder);
  }

  private Optional<WrappedKey> read(Path file) throws IOException {
    contents.readLock().lock();
    try {
      return Optional.of(WrappedKey.of(Files.readAllBytes(file)));
    } catch (NoSuchFileException | NotDirectoryException absent) {
      return Optional.empty();
    } finally {
      contents.readLock().unlock();
    }
  }

  /** Names in the folder without temporary ones, in order; none when there is no folder. */
  static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[!.]*")) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (NoSuchFileException absent) {
      return names;
    }
    return names;
  }

  private static <T> T io(Io<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new KeysUnavailableException("The folder of keys fails", e);
    }
  }

  private interface Io<T> {
    T run() throws IOException;
  }
}
