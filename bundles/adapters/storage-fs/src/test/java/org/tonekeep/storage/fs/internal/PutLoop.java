package org.tonekeep.storage.fs.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/** A child process of the crash test: puts blobs on several threads, prints what it may promise. */
public final class PutLoop {
  static final int THREADS = 4;

  private PutLoop() {}

  /** Bytes that follow from the key, so that the parent can check them. */
  static byte[] bytesOf(BlobKey key) {
    Random random = new Random(key.path().hashCode());
    byte[] bytes = new byte[1 + random.nextInt(400_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  public static void main(String[] args) throws IOException {
    FsBlobStore store = new FsBlobStore(Path.of(args[0]));
    for (int i = 0; i < THREADS; i++) {
      TenantId tenant = new TenantId(i % 2 == 0 ? "alice" : "bob");
      new Thread(() -> loop(store, tenant)).start();
    }
  }

  private static void loop(FsBlobStore store, TenantId tenant) {
    String owner = UUID.randomUUID().toString();
    try {
      while (true) {
        BlobKey key = new BlobKey(tenant, owner, "original", UUID.randomUUID().toString());
        store.put(key, new ByteArrayInputStream(bytesOf(key)));
        System.out.println(key.path());
        System.out.flush();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
