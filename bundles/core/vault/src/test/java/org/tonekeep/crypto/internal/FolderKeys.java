package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;

/** The product's keys in a folder, from where their classes are package-private. */
public final class FolderKeys {
  private final OpenKeys keys;

  /** Opens them, as a start does. */
  public FolderKeys(Path keys, Path data) throws IOException {
    RootKey root = new RootKeyFile(keys, data, Instant.EPOCH).open();
    this.keys = OpenKeys.in(new KeyPlace.Folder(keys, data), root, data, TestClock.standing());
  }

  public OwnerKeys owners() {
    return keys.owners();
  }

  /** Rotates the tenant's key; answers the new version. */
  public int rotate(TenantId tenant) {
    return keys.rotation().rotate(tenant).version();
  }

  /** What the end of the process does. */
  public void end() {
    keys.forget();
  }
}
