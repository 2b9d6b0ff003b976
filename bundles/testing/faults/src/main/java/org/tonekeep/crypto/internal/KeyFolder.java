package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.tenant.api.TenantId;

/** Keys in files, without a framework around them. */
public final class KeyFolder {
  private final OpenKeys keys;

  private KeyFolder(OpenKeys keys) {
    this.keys = keys;
  }

  /** Opens them as the platform does at its start: what a crash left is cleaned up. */
  public static KeyFolder open(Path home, Clock clock) throws IOException {
    Path data = Files.createDirectories(home.resolve("data"));
    Path folder = Files.createDirectories(home.resolve("keys"));
    RootKey root = new RootKey(new byte[32]);
    return new KeyFolder(OpenKeys.in(new KeyPlace.Folder(folder, data), root, data, clock));
  }

  public KeyRing ring() {
    return keys.ring();
  }

  public OwnerKeys owners() {
    return keys.owners();
  }

  /**
   * Makes a new version of the tenant's key and wraps its owners' keys by it.
   *
   * @return the version
   */
  public int rotate(TenantId tenant) {
    return keys.rotation().rotate(tenant).version();
  }

  /** How many keys of owners are not wrapped by the newest version. */
  public long behind(TenantId tenant) {
    Map<Integer, Long> counts = keys.rotation().counts(tenant);
    int newest = counts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    return counts.entrySet().stream()
        .filter(count -> count.getKey() < newest)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Forgets what is in memory only, so that the next use reads the files. */
  public void forget() {
    keys.forget();
  }
}
