package org.tonekeep.storage.s3.internal;

import org.junit.experimental.runners.Enclosed;
import org.junit.runner.RunWith;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.testing.contracts.BlobStoreConcurrencyContract;
import org.tonekeep.testing.contracts.BlobStoreDeleteContract;
import org.tonekeep.testing.contracts.BlobStoreListContract;
import org.tonekeep.testing.contracts.BlobStoreReadContract;
import org.tonekeep.testing.contracts.BlobStoreWriteContract;

/** Signs every facet of the contract of {@link BlobStore} with a real server. */
@RunWith(Enclosed.class)
public final class S3BlobStoreContractTest {
  private static BlobStore open() {
    return new S3BlobStore(S3Server.shared().newBucket());
  }

  public static final class Write extends BlobStoreWriteContract {
    @Override
    protected BlobStore store() {
      return open();
    }

    /** One part, which grew to its size, and what the client needs. */
    @Override
    protected long mostHeapFor(long length) {
      return length / 4;
    }
  }

  public static final class Read extends BlobStoreReadContract {
    @Override
    protected BlobStore store() {
      return open();
    }
  }

  public static final class Delete extends BlobStoreDeleteContract {
    @Override
    protected BlobStore store() {
      return open();
    }
  }

  public static final class ListOf extends BlobStoreListContract {
    @Override
    protected BlobStore store() {
      return open();
    }
  }

  public static final class Concurrency extends BlobStoreConcurrencyContract {
    @Override
    protected BlobStore store() {
      return open();
    }
  }
}
