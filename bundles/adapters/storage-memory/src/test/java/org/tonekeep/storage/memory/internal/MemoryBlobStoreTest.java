package org.tonekeep.storage.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import org.junit.Test;
import org.junit.experimental.runners.Enclosed;
import org.junit.runner.RunWith;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.contracts.BlobStoreConcurrencyContract;
import org.tonekeep.testing.contracts.BlobStoreDeleteContract;
import org.tonekeep.testing.contracts.BlobStoreListContract;
import org.tonekeep.testing.contracts.BlobStoreReadContract;
import org.tonekeep.testing.contracts.BlobStoreWriteContract;

/** Signs every facet of the contract of {@link BlobStore}. */
@RunWith(Enclosed.class)
public final class MemoryBlobStoreTest {
  private static MemoryBlobStore open(long room) {
    return new MemoryBlobStore(Clock.systemUTC(), room);
  }

  public static final class Write extends BlobStoreWriteContract {
    @Override
    protected BlobStore store() {
      return open(256L << 20);
    }

    @Override
    protected long mostHeapFor(long length) {
      return length + length / 8;
    }
  }

  public static final class Read extends BlobStoreReadContract {
    @Override
    protected BlobStore store() {
      return open(16L << 20);
    }
  }

  public static final class Delete extends BlobStoreDeleteContract {
    @Override
    protected BlobStore store() {
      return open(16L << 20);
    }
  }

  public static final class Listing extends BlobStoreListContract {
    @Override
    protected BlobStore store() {
      return open(16L << 20);
    }
  }

  public static final class Concurrency extends BlobStoreConcurrencyContract {
    @Override
    protected BlobStore store() {
      return open(16L << 20);
    }
  }

  public static final class Room {
    private static final String OWNER = "00000000-0000-7000-8000-000000000001";

    private static BlobKey key(int n) {
      String id = "00000000-0000-7000-8000-00000000000" + n;
      return new BlobKey(new TenantId("alice"), OWNER, "original", id);
    }

    @Test
    public void shouldSayThatItIsFullAndKeepNothingOfTheBlobThatDidNotFit() throws IOException {
      MemoryBlobStore store = open(1000);
      store.put(key(1), new ByteArrayInputStream(new byte[600]));
      assertThatThrownBy(() -> store.put(key(2), new ByteArrayInputStream(new byte[500])))
          .isInstanceOf(StorageFullException.class);
      assertThat(store.stat(key(2))).isEmpty();
      assertThat(store.put(key(3), new ByteArrayInputStream(new byte[400]))).isEqualTo(400);
    }

    @Test
    public void shouldHaveTheRoomAgainThatADeletedBlobTook() throws IOException {
      MemoryBlobStore store = open(1000);
      store.put(key(1), new ByteArrayInputStream(new byte[1000]));
      assertThat(store.delete(key(1))).isTrue();
      assertThat(store.put(key(2), new ByteArrayInputStream(new byte[1000]))).isEqualTo(1000);
    }
  }
}
