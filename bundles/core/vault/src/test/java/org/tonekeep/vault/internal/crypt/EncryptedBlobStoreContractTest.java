package org.tonekeep.vault.internal.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.experimental.runners.Enclosed;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.fs.internal.FsBlobStore;
import org.tonekeep.storage.memory.internal.MemoryBlobStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.contracts.BlobStoreConcurrencyContract;
import org.tonekeep.testing.contracts.BlobStoreDeleteContract;
import org.tonekeep.testing.contracts.BlobStoreListContract;
import org.tonekeep.testing.contracts.BlobStoreReadContract;
import org.tonekeep.testing.contracts.BlobStoreWriteContract;
import org.tonekeep.testing.kit.TestKeys;

/** Signs every facet of the contract of {@link BlobStore}, over memory and over files. */
@RunWith(Enclosed.class)
public final class EncryptedBlobStoreContractTest {
  /** Java's cipher leaves a kilobyte of garbage for each segment, both ways. */
  private static final int GARBAGE = 6;

  /** The encrypting store, before whose every put the owner gets a key. */
  private static BlobStore over(BlobStore inner) {
    TestKeys keys = new TestKeys();
    BlobStore encrypted = new EncryptedBlobStore(inner, keys, (key, how) -> {});
    return new BlobStore() {
      @Override
      public long put(BlobKey key, InputStream source) throws IOException {
        keys.create(key.tenant(), key.owner());
        return encrypted.put(key, source);
      }

      @Override
      public Optional<BlobStat> stat(BlobKey key) throws IOException {
        return encrypted.stat(key);
      }

      @Override
      public InputStream read(BlobKey key, long offset, long length) throws IOException {
        return encrypted.read(key, offset, length);
      }

      @Override
      public boolean delete(BlobKey key) throws IOException {
        return encrypted.delete(key);
      }

      @Override
      public List<BlobStat> list(TenantId tenant, String owner, String after, int limit)
          throws IOException {
        return encrypted.list(tenant, owner, after, limit);
      }
    };
  }

  private static BlobStore memory() {
    return over(new MemoryBlobStore(Clock.systemUTC(), 256L << 20));
  }

  /** The store in files, closed after each test. */
  static final class Folder extends ExternalResource {
    private final TemporaryFolder folder = new TemporaryFolder();
    private @Nullable FsBlobStore files;

    BlobStore open() throws IOException {
      FsBlobStore opened = new FsBlobStore(folder.getRoot().toPath().resolve("blobs"));
      files = opened;
      return over(opened);
    }

    @Override
    protected void before() throws IOException {
      folder.create();
    }

    @Override
    protected void after() {
      try {
        if (files != null) {
          files.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        folder.delete();
      }
    }
  }

  public static final class WriteInMemory extends BlobStoreWriteContract {
    @Override
    protected BlobStore store() {
      return memory();
    }

    @Override
    protected long mostHeapFor(long length) {
      return length + length / GARBAGE;
    }
  }

  public static final class WriteInFiles extends BlobStoreWriteContract {
    @Rule public final Folder folder = new Folder();

    @Override
    protected BlobStore store() throws IOException {
      return folder.open();
    }

    @Override
    protected long mostHeapFor(long length) {
      return length / GARBAGE;
    }
  }

  public static final class ReadInMemory extends BlobStoreReadContract {
    @Override
    protected BlobStore store() {
      return memory();
    }
  }

  public static final class ReadInFiles extends BlobStoreReadContract {
    @Rule public final Folder folder = new Folder();

    @Override
    protected BlobStore store() throws IOException {
      return folder.open();
    }
  }

  public static final class DeleteInMemory extends BlobStoreDeleteContract {
    @Override
    protected BlobStore store() {
      return memory();
    }
  }

  public static final class DeleteInFiles extends BlobStoreDeleteContract {
    @Rule public final Folder folder = new Folder();

    @Override
    protected BlobStore store() throws IOException {
      return folder.open();
    }
  }

  public static final class ListInMemory extends BlobStoreListContract {
    @Override
    protected BlobStore store() {
      return memory();
    }
  }

  public static final class ListInFiles extends BlobStoreListContract {
    @Rule public final Folder folder = new Folder();

    @Override
    protected BlobStore store() throws IOException {
      return folder.open();
    }
  }

  public static final class ConcurrencyInMemory extends BlobStoreConcurrencyContract {
    @Override
    protected BlobStore store() {
      return memory();
    }
  }

  public static final class ConcurrencyInFiles extends BlobStoreConcurrencyContract {
    @Rule public final Folder folder = new Folder();

    @Override
    protected BlobStore store() throws IOException {
      return folder.open();
    }
  }
}
