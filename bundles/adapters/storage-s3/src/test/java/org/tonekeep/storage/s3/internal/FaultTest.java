package org.tonekeep.storage.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.StorageUnavailableException;
import org.tonekeep.storage.s3.internal.FaultProxy.Fault;
import org.tonekeep.tenant.api.TenantId;

/** Each kind of fault, at each kind of request: the call succeeds in truth or fails in clear. */
public final class FaultTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final byte[] BYTES = bytes(300_000);
  private static final byte[] LARGE = bytes(11 << 20);

  private final AtomicInteger left = new AtomicInteger();
  private volatile Predicate<String> where = line -> false;
  private volatile Fault fault = Fault.NONE;
  private FaultProxy proxy;
  private S3BlobStore store;
  private S3BlobStore direct;
  private final BlobKey key = key();

  @Before
  public void open() throws IOException {
    proxy = new FaultProxy(S3Server.shared().port(), this::choose);
    Bucket bucket = S3Server.shared().newBucket(proxy.port());
    store = new S3BlobStore(bucket);
    direct =
        new S3BlobStore(
            S3Server.bucket(S3Server.settings(S3Server.shared().port(), bucket.name())));
  }

  @After
  public void close() throws IOException {
    proxy.close();
  }

  private Fault choose(String line) {
    return where.test(line) && left.getAndDecrement() > 0 ? fault : Fault.NONE;
  }

  /** The next requests of this kind meet the fault. */
  private void meet(Fault kind, int times, String method) {
    fault = kind;
    left.set(times);
    where = line -> line.startsWith(method + " ");
  }

  private static BlobKey key() {
    return new BlobKey(ALICE, UUID.randomUUID().toString(), "original", "" + UUID.randomUUID());
  }

  private static byte[] bytes(int length) {
    byte[] made = new byte[length];
    new Random(length).nextBytes(made);
    return made;
  }

  private static byte[] all(S3BlobStore store, BlobKey key) throws IOException {
    try (InputStream in = store.read(key, 0, BlobStore.TO_THE_END)) {
      return in.readAllBytes();
    }
  }

  @Test
  public void shouldPutThroughEachFaultOfASmallUpload() throws IOException {
    for (Fault each : Fault.values()) {
      BlobKey next = key();
      meet(each, each == Fault.TWICE ? 0 : 2, "PUT");
      assertThat(store.put(next, new ByteArrayInputStream(BYTES))).isEqualTo(BYTES.length);
      assertThat(all(direct, next)).describedAs(each.name()).isEqualTo(BYTES);
    }
  }

  @Test
  public void shouldPutThroughEachFaultOfALargeUpload() throws IOException {
    for (String method : List.of("PUT", "POST")) {
      for (Fault each :
          List.of(Fault.SLOW_DOWN, Fault.DONE_BUT_ERROR, Fault.LOST, Fault.CUT_UPLOAD)) {
        BlobKey next = key();
        meet(each, 1, method);
        assertThat(store.put(next, new ByteArrayInputStream(LARGE))).isEqualTo(LARGE.length);
        assertThat(all(direct, next)).describedAs(method + each).isEqualTo(LARGE);
      }
    }
  }

  @Test
  public void shouldResumeABodyThatBreaksOrEndsEarly() throws IOException {
    direct.put(key, new ByteArrayInputStream(BYTES));
    for (Fault each : List.of(Fault.CUT_ANSWER, Fault.SHORT_ANSWER, Fault.STALL, Fault.ERROR)) {
      meet(each, 2, "GET");
      assertThat(all(store, key)).describedAs(each.name()).isEqualTo(BYTES);
      meet(each, 2, "GET");
      try (InputStream in = store.read(key, 1000, 200_000)) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(BYTES, 1000, 201_000));
      }
    }
  }

  @Test
  public void shouldFailInClearWhenABodyNeverComesWhole() throws IOException {
    direct.put(key, new ByteArrayInputStream(BYTES));
    meet(Fault.CUT_ANSWER, 1000, "GET");
    assertThatThrownBy(() -> all(store, key)).isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  public void shouldNotGoOnWithAnotherBlobUnderTheSameKey() throws IOException {
    direct.put(key, new ByteArrayInputStream(BYTES));
    meet(Fault.CUT_ANSWER, 1, "GET");
    try (InputStream in = store.read(key, 0, BlobStore.TO_THE_END)) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(BYTES, 10));
      assertThat(direct.delete(key)).isTrue();
      direct.put(key, new ByteArrayInputStream(bytes(300_001)));
      assertThatThrownBy(in::readAllBytes).isInstanceOf(StorageUnavailableException.class);
    }
  }

  @Test
  public void shouldNeverBelieveAnAnswerToAnotherQuestion() throws IOException {
    BlobKey other = key();
    direct.put(key, new ByteArrayInputStream(BYTES));
    direct.put(other, new ByteArrayInputStream(LARGE));
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "POST")) {
      meet(Fault.TWICE, 1, method);
      for (int i = 0; i < 6; i++) {
        BlobKey next = key();
        assertNoLie(next, i);
        try {
          assertThat(all(store, i % 2 == 0 ? key : other)).isEqualTo(i % 2 == 0 ? BYTES : LARGE);
        } catch (IOException inClear) {
          assertThat(inClear).hasMessageNotContaining("secret");
        }
      }
    }
  }

  private void assertNoLie(BlobKey next, int seed) throws IOException {
    try {
      store.put(next, new ByteArrayInputStream(bytes(5000 + seed)));
    } catch (IOException inClear) {
      return;
    }
    assertThat(all(direct, next)).isEqualTo(bytes(5000 + seed));
    try {
      boolean unused = store.delete(next);
    } catch (IOException inClear) {
      return;
    }
    assertThat(direct.stat(next)).isEmpty();
  }

  @Test
  public void shouldTakeBackWhatItCouldNotAcknowledge() throws IOException {
    fault = Fault.ERROR;
    AtomicInteger puts = new AtomicInteger();
    // The write is done, and every look at it fails for a while.
    where = line -> line.startsWith("PUT") ? puts.incrementAndGet() < 0 : puts.get() > 0;
    left.set(8);
    assertThatThrownBy(() -> store.put(key, new ByteArrayInputStream(BYTES)))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(direct.stat(key)).isEmpty();
  }

  @Test
  public void shouldDeleteAndListThroughFaults() throws IOException {
    for (Fault each :
        List.of(Fault.SLOW_DOWN, Fault.DONE_BUT_ERROR, Fault.LOST, Fault.CUT_ANSWER)) {
      BlobKey next = key();
      direct.put(next, new ByteArrayInputStream(BYTES));
      meet(each, 2, "GET");
      assertThat(store.list(ALICE, next.owner(), "", 10)).extracting(BlobStat::key).contains(next);
      meet(each, 2, "DELETE");
      assertThat(store.delete(next)).isTrue();
      assertThat(direct.stat(next)).isEmpty();
    }
  }

  @Test
  public void shouldGiveUpInBoundedTimeWhenNothingAnswers() throws IOException {
    proxy.close();
    Instant before = Clock.systemUTC().instant();
    assertThatThrownBy(() -> store.stat(key)).isInstanceOf(StorageUnavailableException.class);
    assertThat(Duration.between(before, Clock.systemUTC().instant()))
        .isLessThan(Duration.ofSeconds(35));
  }

  @Test
  public void shouldHonourTheServersRetryAfter() throws IOException {
    direct.put(key, new ByteArrayInputStream(BYTES));
    meet(Fault.SLOW_DOWN, 3, "HEAD");
    assertThat(store.stat(key)).isPresent();
    assertThat(proxy.faults.get()).isEqualTo(3);
  }
}
