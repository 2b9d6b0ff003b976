package org.tonekeep.uploads.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/** The pieces of an upload as one stream; one of them is open at a time. */
final class PartsStream extends InputStream {
  private final TenantId tenant;
  private final Vault vault;
  private final Iterator<Part> parts;
  private @Nullable InputStream open;
  private long left;

  PartsStream(TenantId tenant, Vault vault, List<Part> parts) {
    this.tenant = tenant;
    this.vault = vault;
    this.parts = parts.iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    InputStream from = open;
    while (from == null || left == 0) {
      close();
      if (!parts.hasNext()) {
        return -1;
      }
      Part part = parts.next();
      from = vault.read(tenant, part.blob(), 0);
      open = from;
      left = part.length();
    }
    int count = from.read(into, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("A part is shorter than it was");
    }
    left -= count;
    return count;
  }

  @Override
  public void close() throws IOException {
    InputStream closing = open;
    open = null;
    if (closing != null) {
      closing.close();
    }
  }
}
