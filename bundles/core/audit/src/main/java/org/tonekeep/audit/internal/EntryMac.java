package org.tonekeep.audit.internal;

import java.nio.ByteBuffer;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/**
 * Says of a row that this platform wrote it, or emptied it when its people were erased: who can
 * only write into the tables cannot say so, and gets nothing into the tree.
 */
final class EntryMac {
  private static final String PURPOSE = "audit.entry";
  private static final byte WRITTEN = 1;
  private static final byte ERASED = 2;

  private final KeyRing keys;

  EntryMac(KeyRing keys) {
    this.keys = keys;
  }

  byte[] written(TenantId tenant, byte[] leaf) {
    return keys.mac(tenant, PURPOSE, marked(WRITTEN, leaf));
  }

  byte[] erased(TenantId tenant, byte[] leaf) {
    return keys.mac(tenant, PURPOSE, marked(ERASED, leaf));
  }

  /** Whether the row's leaf was written here, and emptied here if it is empty. */
  boolean holds(TenantId tenant, boolean isErased, String leaf, String mac) {
    try {
      byte mark = isErased ? ERASED : WRITTEN;
      return keys.verify(tenant, PURPOSE, marked(mark, Leaf.bytes(leaf)), Leaf.bytes(mac));
    } catch (IllegalArgumentException e) {
      return false; // not base64: nobody here wrote it
    }
  }

  private static byte[] marked(byte mark, byte[] leaf) {
    return ByteBuffer.allocate(1 + leaf.length).put(mark).put(leaf).array();
  }
}
