package org.tonekeep.testing.contracts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.Before;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.TenantId;

/** What the facets of the contract of {@link BlobStore} share: two tenants, keys and bytes. */
public abstract class BlobStoreFacet {
  /** The first tenant. */
  protected static final TenantId ALICE = new TenantId("alice");

  /** The second tenant, whose name begins like the first one's. */
  protected static final TenantId BOB = new TenantId("alice-bob");

  /** The store under test. */
  protected BlobStore store;

  /** Makes a fresh, empty store. Called once before each test; close it in an {@code After}. */
  protected abstract BlobStore store() throws IOException;

  /** Takes the fresh store. */
  @Before
  public final void openStore() throws IOException {
    store = store();
  }

  /** A new key of a new owner. */
  protected static BlobKey key(TenantId tenant) {
    return key(tenant, id());
  }

  /** A new key of the owner. */
  protected static BlobKey key(TenantId tenant, String owner) {
    return new BlobKey(tenant, owner, "original", id());
  }

  /** A new id. */
  protected static String id() {
    return UUID.randomUUID().toString();
  }

  /** The same pseudo-random bytes for the same seed. */
  protected static byte[] bytes(int seed, int length) {
    byte[] made = new byte[length];
    new Random(seed).nextBytes(made);
    return made;
  }

  /** A stream of the bytes. */
  protected static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  /** Puts the bytes. */
  protected final void put(BlobKey key, byte[] bytes) throws IOException {
    try (InputStream source = in(bytes)) {
      store.put(key, source);
    }
  }

  /** All bytes of a stored blob. */
  protected final byte[] stored(BlobKey key) throws IOException {
    try (InputStream read = store.read(key, 0, BlobStore.TO_THE_END)) {
      return read.readAllBytes();
    }
  }

  /** The paths of all blobs of a tenant, in pages of {@code limit}. */
  protected final List<String> paths(TenantId tenant, String owner, int limit) throws IOException {
    List<String> all = new ArrayList<>();
    String after = "";
    while (true) {
      List<BlobStat> page = store.list(tenant, owner, after, limit);
      page.forEach(stat -> all.add(stat.key().path()));
      if (page.size() < limit) {
        return all;
      }
      after = all.get(all.size() - 1);
    }
  }
}
