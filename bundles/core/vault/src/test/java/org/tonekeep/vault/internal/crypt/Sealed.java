package org.tonekeep.vault.internal.crypt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.memory.internal.MemoryBlobStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestKeys;

/** An encrypted store in memory whose stored bytes can be seen and altered. */
final class Sealed {
  static final TenantId ALICE = new TenantId("alice");
  static final TenantId BOB = new TenantId("bob");
  static final String OWNER = "01890000-0000-7000-8000-000000000001";
  static final String OTHER = "01890000-0000-7000-8000-000000000002";
  private static final String ID = "01890000-0000-7000-8000-0000000000";

  final TestKeys keys = new TestKeys();
  final BlobStore stored = new MemoryBlobStore(Clock.systemUTC(), 64L << 20);
  final List<BlobKey> damaged = new ArrayList<>();
  long ticks;
  final BlobStore store =
      new EncryptedBlobStore(stored, keys, (key, how) -> damaged.add(key), () -> ticks);

  Sealed() {
    for (TenantId tenant : List.of(ALICE, BOB)) {
      keys.create(tenant, OWNER);
      keys.create(tenant, OTHER);
    }
  }

  /**
   * @param number 10 to 99
   */
  static BlobKey key(TenantId tenant, String owner, int number) {
    return new BlobKey(tenant, owner, "original", ID + number);
  }

  static byte[] bytes(int seed, int length) {
    byte[] made = new byte[length];
    new Random(seed).nextBytes(made);
    return made;
  }

  /** Writes and answers what is stored of it. */
  byte[] put(BlobKey key, byte[] plain) throws IOException {
    long unused = store.put(key, new ByteArrayInputStream(plain));
    return raw(key);
  }

  byte[] raw(BlobKey key) throws IOException {
    try (InputStream in = stored.read(key, 0, BlobStore.TO_THE_END)) {
      return in.readAllBytes();
    }
  }

  /** Puts other bytes in the place of what is stored. */
  void replace(BlobKey key, byte[] raw) throws IOException {
    boolean unused = stored.delete(key);
    long length = stored.put(key, new ByteArrayInputStream(raw));
    assert length == raw.length;
  }

  byte[] read(BlobKey key) throws IOException {
    return read(key, 0, BlobStore.TO_THE_END);
  }

  byte[] read(BlobKey key, long offset, long length) throws IOException {
    try (InputStream in = store.read(key, offset, length)) {
      return in.readAllBytes();
    }
  }
}
