package org.tonekeep.testing.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import org.junit.Test;
import org.tonekeep.storage.api.BlobExistsException;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;

/** A blob is written whole, once, or not at all. */
public abstract class BlobStoreWriteContract extends BlobStoreFacet {
  private static final int BIG = 64 << 20;

  /**
   * How many bytes of heap the writing and reading thread may allocate for a large blob; a store
   * whose nature is to keep bytes in the heap says more.
   */
  protected long mostHeapFor(long length) {
    return length / 8;
  }

  @Test
  public void shouldReturnTheLengthAndKeepTheBytes() throws IOException {
    BlobKey key = key(ALICE);
    byte[] bytes = bytes(1, 300_001);
    assertThat(store.put(key, in(bytes))).isEqualTo(300_001);
    assertThat(stored(key)).isEqualTo(bytes);
    assertThat(store.stat(key).orElseThrow().length()).isEqualTo(300_001);
  }

  @Test
  public void shouldKeepAnEmptyBlob() throws IOException {
    BlobKey key = key(ALICE);
    assertThat(store.put(key, in(new byte[0]))).isZero();
    assertThat(stored(key)).isEmpty();
    assertThat(store.stat(key).orElseThrow().length()).isZero();
  }

  @Test
  public void shouldRefuseATakenKeyAndLeaveTheBytesUnchanged() throws IOException {
    BlobKey key = key(ALICE);
    byte[] first = bytes(1, 1000);
    put(key, first);
    assertThatThrownBy(() -> put(key, bytes(2, 5000))).isInstanceOf(BlobExistsException.class);
    assertThat(stored(key)).isEqualTo(first);
    assertThat(paths(ALICE, "", 10)).containsExactly(key.path());
  }

  @Test
  public void shouldReadTheSourceToItsEndAndNotCloseIt() throws IOException {
    FaultySource source = new FaultySource(100_000, 50_000, () -> {});
    store.put(key(ALICE), source);
    assertThat(source.drained).isTrue();
    assertThat(source.closed).isFalse();
  }

  @Test
  public void shouldTakeASourceThatGivesFewBytesAtATime() throws IOException {
    byte[] bytes = bytes(3, 10_000);
    BlobKey key = key(ALICE);
    InputStream slow =
        new java.io.FilterInputStream(in(bytes)) {
          @Override
          public int read(byte[] into, int offset, int wanted) throws IOException {
            return super.read(into, offset, Math.min(wanted, 7));
          }
        };
    store.put(key, slow);
    assertThat(stored(key)).isEqualTo(bytes);
  }

  @Test
  public void shouldLeaveNothingWhenTheSourceFails() throws IOException {
    leavesNothing(new IOException("the line broke"));
  }

  @Test
  public void shouldLeaveNothingWhenTheSourceIsInterrupted() throws IOException {
    leavesNothing(new InterruptedIOException("shutting down"));
  }

  @Test
  public void shouldLeaveNothingWhenTheSourceRefusesToGoOn() throws IOException {
    BlobKey key = key(ALICE);
    RuntimeException refusal = new IllegalStateException("too large");
    FaultySource source =
        new FaultySource(
            500_000,
            200_000,
            () -> {
              throw refusal;
            });
    assertThatThrownBy(() -> store.put(key, source)).isSameAs(refusal);
    assertNothingAt(key);
  }

  private void leavesNothing(IOException failure) throws IOException {
    BlobKey key = key(ALICE);
    FaultySource source =
        new FaultySource(
            500_000,
            200_000,
            () -> {
              throw failure;
            });
    assertThatThrownBy(() -> store.put(key, source)).isSameAs(failure);
    assertNothingAt(key);
    byte[] again = bytes(4, 1000);
    put(key, again);
    assertThat(stored(key)).isEqualTo(again);
  }

  @Test
  public void shouldShowNothingOfABlobThatIsBeingWritten() throws IOException {
    BlobKey key = key(ALICE);
    store.put(key, new FaultySource(500_000, 300_000, () -> assertNothingAt(key)));
    assertThat(store.stat(key).orElseThrow().length()).isEqualTo(500_000);
  }

  private void assertNothingAt(BlobKey key) throws IOException {
    assertThat(store.stat(key)).isEmpty();
    assertThat(store.list(key.tenant(), "", "", 10)).isEmpty();
    assertThatThrownBy(() -> stored(key)).isInstanceOf(NoSuchBlobException.class);
  }

  @Test
  public void shouldStreamALargeBlobWithinItsAllowanceOfHeap() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    BlobKey key = key(ALICE);
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(store.put(key, new FaultySource(BIG, 1, () -> {}))).isEqualTo(BIG);
    byte[] buffer = new byte[8192];
    long read = 0;
    try (InputStream in = store.read(key, 0, BlobStore.TO_THE_END)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read += n;
      }
    }
    assertThat(read).isEqualTo(BIG);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(mostHeapFor(BIG));
  }

  @Test
  public void shouldKeepALargeBlob() throws IOException {
    BlobKey key = key(ALICE);
    assertThat(store.put(key, new FaultySource(BIG, 1, () -> {}))).isEqualTo(BIG);
    assertThat(store.stat(key).orElseThrow().length()).isEqualTo(BIG);
  }
}
