package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.tonekeep.tenant.api.TenantId;

/** Remembers in the data folder which tenants have a key. */
final class KnownTenants implements TenantKeys.Known {
  private final Marks marks;
  private final RootKey root;

  KnownTenants(Path file, RootKey root) throws IOException {
    this.marks = new Marks(file);
    this.root = root;
  }

  @Override
  public boolean contains(TenantId tenant) {
    try {
      return marks.contains(root.mark(tenant, ""));
    } catch (IOException e) {
      throw new KeysUnavailableException("The data folder fails", e);
    }
  }

  @Override
  public void add(TenantId tenant) {
    try {
      marks.add(root.mark(tenant, ""));
    } catch (IOException e) {
      throw new KeysUnavailableException("The data folder fails", e);
    }
  }
}
