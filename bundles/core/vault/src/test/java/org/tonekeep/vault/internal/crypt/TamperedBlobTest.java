package org.tonekeep.vault.internal.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.tonekeep.vault.internal.crypt.Sealed.ALICE;
import static org.tonekeep.vault.internal.crypt.Sealed.BOB;
import static org.tonekeep.vault.internal.crypt.Sealed.OTHER;
import static org.tonekeep.vault.internal.crypt.Sealed.OWNER;
import static org.tonekeep.vault.internal.crypt.Sealed.bytes;
import static org.tonekeep.vault.internal.crypt.Sealed.key;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;

/** Whoever may write to the store can break blobs, but not alter, move or shorten them. */
public final class TamperedBlobTest {
  /** Each of them in the bench: {@code -Dtonekeep.every=1}. */
  private static final int EVERY = Integer.getInteger("tonekeep.every", 101);

  private static final BlobKey KEY = key(ALICE, OWNER, 10);

  /** Three segments, 40 KiB. */
  private final byte[] plain = bytes(1, 40 << 10);

  private final Sealed sealed = new Sealed();
  private byte[] raw = new byte[0];

  @Before
  public void put() throws IOException {
    raw = sealed.put(KEY, plain);
  }

  /** Bytes may come before the damage; they are the blob's own then. */
  private void assertDamaged(BlobKey key, byte[] tampered, byte[] own) throws IOException {
    sealed.replace(key, tampered);
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    try (InputStream in = sealed.store.read(key, 0, BlobStore.TO_THE_END)) {
      long unused = in.transferTo(given);
      fail("A tampered blob of %d bytes was read to its end", tampered.length);
    } catch (DamagedBlobException expected) {
      int length = given.size();
      assertThat(given.toByteArray()).isEqualTo(Arrays.copyOf(own, length));
      assertThat(sealed.damaged).isNotEmpty().containsOnly(key);
    }
  }

  @Test
  public void shouldDetectEveryFlippedBit() throws IOException {
    for (int bit = 0; bit < raw.length * 8; bit += bit < BlobFormat.HEADER * 8 ? 1 : EVERY) {
      byte[] flipped = raw.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged(KEY, flipped, plain);
    }
  }

  @Test
  public void shouldDetectEveryTruncation() throws IOException {
    for (int length = 0; length < raw.length; length++) {
      int inSegment = (length - BlobFormat.PREFIX) % BlobFormat.SEGMENT;
      if (length % EVERY == 0 || length < 200 || inSegment < 40 || raw.length - length < 40) {
        assertDamaged(KEY, Arrays.copyOf(raw, length), plain);
      }
    }
  }

  @Test
  public void shouldDetectEveryExtension() throws IOException {
    for (int more : new int[] {1, 15, 16, 17, 100, BlobFormat.SEGMENT, 40_000}) {
      byte[] longer = Arrays.copyOf(raw, raw.length + more);
      assertDamaged(KEY, longer, plain);
      System.arraycopy(raw, raw.length - Math.min(more, 30_000), longer, raw.length, 1);
      assertDamaged(KEY, longer, plain);
    }
    // The last segment once more, and the middle one.
    int start = (int) BlobFormat.storedStart(2);
    assertDamaged(KEY, join(raw, Arrays.copyOfRange(raw, start, raw.length)), plain);
    assertDamaged(KEY, join(raw, segment(raw, 1)), plain);
  }

  @Test
  public void shouldDetectSegmentsThatAreMovedRepeatedOrLeftOut() throws IOException {
    byte[] four = bytes(2, BlobFormat.FIRST_PLAIN + 3 * BlobFormat.PLAIN);
    BlobKey key = key(ALICE, OWNER, 11);
    byte[] whole = sealed.put(key, four);
    byte[] front = Arrays.copyOf(whole, (int) BlobFormat.storedStart(1));
    byte[] one = segment(whole, 1);
    byte[] two = segment(whole, 2);
    byte[] three = segment(whole, 3);
    assertThat(join(front, one, two, three)).isEqualTo(whole);
    assertDamaged(key, join(front, two, one, three), four);
    assertDamaged(key, join(front, one, one, three), four);
    assertDamaged(key, join(front, one, three), four);
    assertDamaged(key, join(front, one, two, three, three), four);
    assertDamaged(key, join(front, one, three, two), four);
    assertDamaged(key, join(front, one, two), four);
    assertDamaged(key, front, four);
  }

  @Test
  public void shouldDetectABlobThatLiesInAnothersPlace() throws IOException {
    BlobKey[] places = {
      key(ALICE, OWNER, 12),
      key(ALICE, OTHER, 10),
      key(BOB, OWNER, 10),
      new BlobKey(ALICE, OWNER, "peaks", KEY.id()),
    };
    for (BlobKey place : places) {
      sealed.damaged.clear();
      byte[] own = bytes(3, 40 << 10);
      byte[] theirs = sealed.put(place, own);
      assertDamaged(place, raw, own);
      // Their key in front of our bytes, and segments of ours among theirs.
      assertDamaged(place, spliced(theirs, raw, BlobFormat.PREFIX), own);
      assertDamaged(place, spliced(theirs, raw, BlobFormat.HEADER), own);
      assertDamaged(place, spliced(theirs, raw, (int) BlobFormat.storedStart(1)), own);
      assertDamaged(place, spliced(raw, theirs, BlobFormat.PREFIX), own);
      assertDamaged(place, spliced(raw, theirs, BlobFormat.HEADER), own);
    }
  }

  @Test
  public void shouldDetectAnOlderBlobsSegmentUnderTheSameKey() throws IOException {
    assertThat(sealed.store.delete(KEY)).isTrue();
    byte[] other = bytes(4, 40 << 10);
    byte[] newer = sealed.put(KEY, other);
    assertDamaged(KEY, spliced(newer, raw, (int) BlobFormat.storedStart(1)), other);
  }

  @Test
  public void shouldRefusePlainBytesAndOtherFormats() throws IOException {
    assertDamaged(KEY, plain, plain);
    byte[] later = raw.clone();
    later[0] = 2;
    assertDamaged(KEY, later, plain);
    sealed.replace(KEY, new byte[0]);
    assertThat(sealed.store.stat(KEY).orElseThrow().length()).isZero();
    assertThat(sealed.store.list(ALICE, "", "", 10)).hasSize(1);
  }

  @Test
  public void shouldGiveRangesOfWhatIsWholeAndNoneOfWhatIsNot() throws IOException {
    byte[] flipped = raw.clone();
    flipped[(int) BlobFormat.storedStart(1) + 5] ^= 1;
    sealed.replace(KEY, flipped);
    int start = (int) BlobFormat.plainStart(2);
    assertThat(sealed.read(KEY, start, 1000))
        .isEqualTo(Arrays.copyOfRange(plain, start, start + 1000));
    assertThat(sealed.read(KEY, 0, 1000)).isEqualTo(Arrays.copyOf(plain, 1000));
    assertThatThrownBy(() -> sealed.read(KEY, start - 1, 2))
        .isInstanceOf(DamagedBlobException.class);
    // Shortened to two whole segments: its new end is none.
    sealed.replace(KEY, Arrays.copyOf(raw, start + BlobFormat.HEADER + 2 * BlobFormat.TAG));
    assertThat(sealed.store.stat(KEY).orElseThrow().length()).isEqualTo(start);
    assertThatThrownBy(() -> sealed.read(KEY, start, 1)).isInstanceOf(DamagedBlobException.class);
  }

  private static byte[] segment(byte[] raw, int number) {
    int start = (int) BlobFormat.storedStart(number);
    return Arrays.copyOfRange(raw, start, start + BlobFormat.SEGMENT);
  }

  private static byte[] spliced(byte[] front, byte[] back, int at) {
    return join(Arrays.copyOf(front, at), Arrays.copyOfRange(back, at, back.length));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
