package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import org.junit.After;
import org.junit.Rule;
import org.junit.experimental.runners.Enclosed;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.testing.contracts.BlobStoreConcurrencyContract;
import org.tonekeep.testing.contracts.BlobStoreDeleteContract;
import org.tonekeep.testing.contracts.BlobStoreListContract;
import org.tonekeep.testing.contracts.BlobStoreReadContract;
import org.tonekeep.testing.contracts.BlobStoreWriteContract;

/** Signs every facet of the contract of {@link BlobStore}. */
@RunWith(Enclosed.class)
public final class FsBlobStoreContractTest {
  private static BlobStore open(TemporaryFolder folder) throws IOException {
    return new FsBlobStore(folder.getRoot().toPath().resolve("data/blobs"));
  }

  private static void close(BlobStore store) throws IOException {
    ((FsBlobStore) store).close();
  }

  public static final class Write extends BlobStoreWriteContract {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    protected BlobStore store() throws IOException {
      return open(folder);
    }

    @After
    public void closeStore() throws IOException {
      close(store);
    }
  }

  public static final class Read extends BlobStoreReadContract {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    protected BlobStore store() throws IOException {
      return open(folder);
    }

    @After
    public void closeStore() throws IOException {
      close(store);
    }
  }

  public static final class Delete extends BlobStoreDeleteContract {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    protected BlobStore store() throws IOException {
      return open(folder);
    }

    @After
    public void closeStore() throws IOException {
      close(store);
    }
  }

  public static final class Listing extends BlobStoreListContract {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    protected BlobStore store() throws IOException {
      return open(folder);
    }

    @After
    public void closeStore() throws IOException {
      close(store);
    }
  }

  public static final class Concurrency extends BlobStoreConcurrencyContract {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    protected BlobStore store() throws IOException {
      return open(folder);
    }

    @After
    public void closeStore() throws IOException {
      close(store);
    }
  }

  /** The other way to publish, for file systems without hard links. */
  public static final class ConcurrencyByRename extends BlobStoreConcurrencyContract {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    protected BlobStore store() throws IOException {
      return new FsBlobStore(folder.getRoot().toPath().resolve("blobs"), Publisher.RENAME);
    }

    @After
    public void closeStore() throws IOException {
      close(store);
    }
  }
}
