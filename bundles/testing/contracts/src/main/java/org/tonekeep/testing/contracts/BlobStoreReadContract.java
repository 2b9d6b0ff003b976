package org.tonekeep.testing.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.Test;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;

/** Bytes are read from any offset, by the owner's full key only. */
public abstract class BlobStoreReadContract extends BlobStoreFacet {
  private static final int LENGTH = 200_003;

  private byte[] from(BlobKey key, long offset) throws IOException {
    return range(key, offset, BlobStore.TO_THE_END);
  }

  @Test
  public void shouldReadFromAnyOffsetToTheEnd() throws IOException {
    BlobKey key = key(ALICE);
    byte[] bytes = bytes(1, LENGTH);
    put(key, bytes);
    for (int offset : new int[] {0, 1, 8191, 8192, 65_536, 100_000, LENGTH - 1}) {
      assertThat(from(key, offset)).isEqualTo(Arrays.copyOfRange(bytes, offset, LENGTH));
    }
  }

  @Test
  public void shouldReadNothingAtTheOffsetOfTheLength() throws IOException {
    BlobKey key = key(ALICE);
    put(key, bytes(1, LENGTH));
    assertThat(from(key, LENGTH)).isEmpty();
  }

  @Test
  public void shouldRefuseAnOffsetOutsideTheBlob() throws IOException {
    BlobKey key = key(ALICE);
    put(key, bytes(1, 10));
    assertThatThrownBy(() -> from(key, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> from(key, 11)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void shouldReadARangeAndNoMore() throws IOException {
    BlobKey key = key(ALICE);
    byte[] bytes = bytes(1, LENGTH);
    put(key, bytes);
    int[][] ranges = {
      {0, 1}, {0, LENGTH}, {8191, 2}, {65_535, 3}, {65_536, 65_536}, {100_000, 0}, {LENGTH - 1, 1}
    };
    for (int[] range : ranges) {
      assertThat(range(key, range[0], range[1]))
          .isEqualTo(Arrays.copyOfRange(bytes, range[0], range[0] + range[1]));
    }
  }

  @Test
  public void shouldClipARangeAtTheEnd() throws IOException {
    BlobKey key = key(ALICE);
    byte[] bytes = bytes(1, 1000);
    put(key, bytes);
    for (long length : new long[] {11, 1000, BlobStore.TO_THE_END - 1, BlobStore.TO_THE_END}) {
      assertThat(range(key, 990, length)).isEqualTo(Arrays.copyOfRange(bytes, 990, 1000));
      assertThat(range(key, 1000, length)).isEmpty();
    }
  }

  @Test
  public void shouldRefuseANegativeLength() throws IOException {
    BlobKey key = key(ALICE);
    put(key, bytes(1, 10));
    assertThatThrownBy(() -> range(key, 0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void shouldReadARangeByteByByteAndSkipInIt() throws IOException {
    BlobKey key = key(ALICE);
    byte[] bytes = bytes(1, 1000);
    put(key, bytes);
    try (InputStream in = store.read(key, 500, 100)) {
      assertThat(in.read()).isEqualTo(bytes[500] & 0xff);
      assertThat(in.skip(50)).isEqualTo(50);
      assertThat(in.read()).isEqualTo(bytes[551] & 0xff);
      assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOfRange(bytes, 552, 600));
      assertThat(in.skip(1)).isZero();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  private byte[] range(BlobKey key, long offset, long length) throws IOException {
    try (InputStream in = store.read(key, offset, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  public void shouldSayThatAnAbsentBlobIsAbsent() throws IOException {
    assertThat(store.stat(key(ALICE))).isEmpty();
    assertThatThrownBy(() -> store.read(key(ALICE), 0, BlobStore.TO_THE_END))
        .isInstanceOf(NoSuchBlobException.class);
  }

  @Test
  public void shouldSeparateTenantsOwnersAndKinds() throws IOException {
    BlobKey mine = key(ALICE);
    put(mine, bytes(1, 100));
    BlobKey[] others = {
      new BlobKey(BOB, mine.owner(), mine.kind(), mine.id()),
      new BlobKey(ALICE, id(), mine.kind(), mine.id()),
      new BlobKey(ALICE, mine.owner(), "peaks", mine.id()),
    };
    for (BlobKey other : others) {
      assertThat(store.stat(other)).isEmpty();
      assertThatThrownBy(() -> store.read(other, 0, BlobStore.TO_THE_END))
          .isInstanceOf(NoSuchBlobException.class);
      assertThat(store.delete(other)).isFalse();
    }
    for (int i = 0; i < others.length; i++) {
      put(others[i], bytes(i + 2, 50));
    }
    assertThat(stored(mine)).isEqualTo(bytes(1, 100));
    for (int i = 0; i < others.length; i++) {
      assertThat(stored(others[i])).isEqualTo(bytes(i + 2, 50));
    }
  }

  @Test
  public void shouldTellWhenABlobWasWritten() throws IOException {
    BlobKey key = key(ALICE);
    Instant before = Clock.systemUTC().instant();
    put(key, bytes(1, 10));
    BlobStat stat = store.stat(key).orElseThrow();
    assertThat(stat.key()).isEqualTo(key);
    assertThat(Duration.between(before, stat.modified()).abs()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  public void shouldLetReadersReadIndependently() throws IOException {
    BlobKey key = key(ALICE);
    byte[] bytes = bytes(1, LENGTH);
    put(key, bytes);
    try (InputStream first = store.read(key, 0, BlobStore.TO_THE_END)) {
      assertThat(first.readNBytes(10)).isEqualTo(Arrays.copyOf(bytes, 10));
      try (InputStream second = store.read(key, 5, BlobStore.TO_THE_END)) {
        assertThat(second.readNBytes(10)).isEqualTo(Arrays.copyOfRange(bytes, 5, 15));
        assertThat(first.readNBytes(10)).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
      }
      assertThat(first.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 20, LENGTH));
    }
  }

  @Test
  public void shouldNeverYieldOtherBytesOfABlobThatIsDeletedMeanwhile() throws IOException {
    BlobKey key = key(ALICE);
    byte[] bytes = bytes(1, LENGTH);
    put(key, bytes);
    try (InputStream in = store.read(key, 0, BlobStore.TO_THE_END)) {
      byte[] head = in.readNBytes(10);
      assertThat(store.delete(key)).isTrue();
      put(key, bytes(9, LENGTH));
      byte[] rest;
      try {
        rest = in.readAllBytes();
      } catch (IOException allowed) {
        return;
      }
      assertThat(head).isEqualTo(Arrays.copyOf(bytes, 10));
      assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 10, LENGTH));
    }
  }
}
