package org.tonekeep.vault.internal.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.crypt.Sealed.ALICE;
import static org.tonekeep.vault.internal.crypt.Sealed.OWNER;
import static org.tonekeep.vault.internal.crypt.Sealed.bytes;
import static org.tonekeep.vault.internal.crypt.Sealed.key;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.Test;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;

public final class EncryptedBlobStoreTest {
  private static final BlobKey KEY = key(ALICE, OWNER, 10);

  /** {@code -Dtonekeep.ranges=50000} in the bench. */
  private static final int RANGES = Integer.getInteger("tonekeep.ranges", 2000);

  private final Sealed sealed = new Sealed();

  /** Where lengths and offsets are likely to be one off. */
  private static int[] edges() {
    int first = BlobFormat.FIRST_PLAIN;
    int next = first + BlobFormat.PLAIN;
    return new int[] {0, 1, first - 1, first, first + 1, next - 1, next, next + 1, 50_000};
  }

  @Test
  public void shouldReadEveryEdgeOfEveryLength() throws IOException {
    int number = 10;
    for (int length : edges()) {
      BlobKey key = key(ALICE, OWNER, number++);
      byte[] plain = bytes(length, length);
      byte[] raw = sealed.put(key, plain);
      BlobStat stat = sealed.store.stat(key).orElseThrow();
      assertThat(stat.length()).isEqualTo(length).isEqualTo(BlobFormat.plainLength(raw.length));
      for (int offset : edges()) {
        for (int most : edges()) {
          if (offset > length) {
            assertThatThrownBy(() -> sealed.read(key, offset, most))
                .isInstanceOf(IllegalArgumentException.class);
          } else {
            assertThat(sealed.read(key, offset, most))
                .isEqualTo(Arrays.copyOfRange(plain, offset, Math.min(length, offset + most)));
          }
        }
      }
    }
    assertThat(sealed.damaged).isEmpty();
  }

  @Test
  public void shouldReadRandomRangesAsAPlainReferenceDoes() throws IOException {
    byte[] plain = bytes(1, 300_000);
    byte[] raw = sealed.put(KEY, plain);
    assertThat(raw).hasSizeGreaterThan(plain.length);
    Random random = new Random(2);
    for (int i = 0; i < RANGES; i++) {
      int offset = random.nextInt(plain.length + 1);
      int length = random.nextInt(random.nextBoolean() ? 100 : 100_000);
      byte[] expected = Arrays.copyOfRange(plain, offset, Math.min(plain.length, offset + length));
      assertThat(Arrays.equals(sealed.read(KEY, offset, length), expected))
          .as("%d bytes from %d on", length, offset)
          .isTrue();
    }
  }

  @Test
  public void shouldRefuseOffsetsThatNoBlobHas() throws IOException {
    byte[] raw = sealed.put(KEY, bytes(1, 10));
    assertThat(raw).hasSize(10 + BlobFormat.HEADER + BlobFormat.TAG);
    for (long offset : new long[] {-1, 11, 1L << 40, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> sealed.read(KEY, offset, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> sealed.read(KEY, 0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void shouldStoreNothingThatResemblesThePlainBytes() throws IOException {
    byte[] zeroes = new byte[100_000];
    byte[] once = sealed.put(KEY, zeroes);
    byte[] twice = sealed.put(key(ALICE, OWNER, 11), zeroes);
    int[] counts = new int[256];
    for (byte one : once) {
      counts[one & 0xff]++;
    }
    // 391 of each are expected; 150 away is seven standard deviations.
    assertThat(Arrays.stream(counts).boxed()).allMatch(count -> Math.abs(count - 391) < 150);
    int equal = 0;
    for (int i = BlobFormat.HEADER; i < once.length; i++) {
      equal += once[i] == twice[i] ? 1 : 0;
    }
    assertThat(equal).isLessThan(700);
  }

  @Test
  public void shouldTakeNothingOfAnOwnerWithoutAKey() {
    String nobody = "01890000-0000-7000-8000-00000000000f";
    BlobKey key = key(ALICE, nobody, 10);
    assertThatThrownBy(() -> sealed.put(key, bytes(1, 10))).isInstanceOf(NoOwnerKeyException.class);
  }

  @Test
  public void shouldHideButListAndDeleteWhatADestroyedKeyHeld() throws IOException {
    byte[] raw = sealed.put(KEY, bytes(1, 100_000));
    sealed.keys.destroy(ALICE, OWNER);
    assertThatThrownBy(() -> sealed.read(KEY)).isInstanceOf(NoSuchBlobException.class);
    assertThat(sealed.raw(KEY)).isEqualTo(raw);
    assertThat(sealed.store.list(ALICE, OWNER, "", 10)).hasSize(1);
    assertThat(sealed.store.delete(KEY)).isTrue();
    assertThat(sealed.damaged).isEmpty();
  }

  @Test
  public void shouldEndAnOpenStreamSoonAfterTheKeyIsDestroyed() throws IOException {
    byte[] plain = bytes(1, 100_000);
    byte[] raw = sealed.put(KEY, plain);
    assertThat(raw).isNotEmpty();
    try (InputStream in = sealed.store.read(KEY, 0, BlobStore.TO_THE_END)) {
      byte[] some = in.readNBytes(20_000);
      sealed.keys.destroy(ALICE, OWNER);
      sealed.ticks += EncryptedBlobStore.LOOK_NANOS;
      assertThat(some).isEqualTo(Arrays.copyOf(plain, 20_000));
      assertThatThrownBy(in::readAllBytes).isInstanceOf(NoSuchBlobException.class);
    }
  }

  @Test
  public void shouldNeedLessThanHalfOfAStreamsAllowance() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] raw = sealed.put(KEY, bytes(1, 500_000));
    assertThat(raw).isNotEmpty();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      try (InputStream in = sealed.store.read(KEY, 100_000, BlobStore.TO_THE_END)) {
        assertThat(in.read()).isNotNegative();
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
    }
    assertThat(least).isLessThan(64 << 10);
  }
}
