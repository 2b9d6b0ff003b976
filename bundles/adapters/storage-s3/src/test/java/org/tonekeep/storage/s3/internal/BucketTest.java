package org.tonekeep.storage.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.storage.api.BlobExistsException;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.tenant.api.TenantId;

/** What only some servers do: versions, encryption, conditions; and how much heap an upload has. */
public final class BucketTest {
  private static final int SMALL = 1000;
  private static final long LARGE = 1L << 30;
  private FakeBucket fake;
  private S3BlobStore store;

  @Before
  public void open() throws IOException {
    fake = new FakeBucket();
    store = new S3BlobStore(fake.bucket());
  }

  @After
  public void close() {
    fake.close();
  }

  private static BlobKey key() {
    String owner = UUID.randomUUID().toString();
    return new BlobKey(new TenantId("alice"), owner, "original", UUID.randomUUID().toString());
  }

  private static InputStream zeros(long length) {
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] into, int offset, int wanted) {
        if (left <= 0) {
          return -1;
        }
        int now = (int) Math.min(wanted, left);
        left -= now;
        return now;
      }
    };
  }

  private Deque<FakeBucket.Version> versions(BlobKey key) {
    return fake.objects.getOrDefault("tone/keep/" + key.path(), new ArrayDeque<>());
  }

  @Test
  public void shouldDeleteAllVersionsAndMarkers() throws IOException {
    BlobKey key = key();
    store.put(key, zeros(SMALL));
    versions(key).addFirst(new FakeBucket.Version("old", 5, false, Map.of()));
    versions(key).addFirst(new FakeBucket.Version("hidden", 0, true, Map.of()));
    assertThat(store.delete(key)).isTrue();
    assertThat(versions(key)).isEmpty();
    assertThat(store.delete(key)).isFalse();
  }

  @Test
  public void shouldDeleteWhatAnotherToolOnlyHid() throws IOException {
    BlobKey key = key();
    store.put(key, zeros(SMALL));
    versions(key).addLast(new FakeBucket.Version("hide", 0, true, Map.of()));
    assertThat(store.stat(key)).isEmpty();
    assertThat(store.delete(key)).isFalse();
    assertThat(versions(key)).isEmpty();
  }

  @Test
  public void shouldDeletePlainlyWhereTheServerListsNoVersions() throws IOException {
    fake.listsVersions = false;
    BlobKey key = key();
    store.put(key, zeros(SMALL));
    assertThat(store.delete(key)).isTrue();
    assertThat(store.delete(key)).isFalse();
    assertThat(versions(key)).isEmpty();
  }

  @Test
  public void shouldAskForEncryptionOfSmallAndLargeBlobs() throws IOException {
    S3Settings plain = S3Server.settings(fake.port(), "fake");
    S3BlobStore encrypted =
        new S3BlobStore(S3Server.bucket(with(plain, S3Settings.Encryption.AES256, Set.of())));
    encrypted.put(key(), zeros(SMALL));
    encrypted.put(key(), zeros(12L << 20));
    S3BlobStore managed =
        new S3BlobStore(S3Server.bucket(with(plain, S3Settings.Encryption.KMS, Set.of())));
    managed.put(key(), zeros(SMALL));
    store.put(key(), zeros(SMALL));
    assertThat(fake.encryptions).containsExactly("AES256", "AES256", "aws:kms", "null");
  }

  private static S3Settings with(
      S3Settings of, S3Settings.Encryption encryption, Set<String> kinds) {
    return new S3Settings(
        of.endpoint(),
        of.region(),
        of.bucket(),
        of.prefix(),
        of.accessKey(),
        of.secret(),
        of.pathStyle(),
        encryption,
        kinds,
        of.partBytes(),
        of.connections(),
        of.connect(),
        of.answer(),
        of.oneTry(),
        of.call(),
        of.tries());
  }

  @Test
  public void shouldRefuseKindsThatTheBucketDoesNotTake() {
    S3Settings some =
        with(
            S3Server.settings(fake.port(), "fake"),
            S3Settings.Encryption.NONE,
            Set.of("image", "video"));
    S3BlobStore choosy = new S3BlobStore(S3Server.bucket(some));
    assertThatThrownBy(() -> choosy.put(key(), zeros(1))).isInstanceOf(IOException.class);
    assertThat(fake.asked).isEmpty();
  }

  @Test
  public void shouldLookWhereTheServerKnowsNoConditions() throws IOException {
    fake.conditional = false;
    BlobKey small = key();
    store.put(small, zeros(SMALL));
    assertThatThrownBy(() -> store.put(small, zeros(1))).isInstanceOf(BlobExistsException.class);
    store.put(key(), zeros(6L << 20));
    assertThat(store.stat(small).map(BlobStat::length)).hasValue((long) SMALL);
    assertThat(versions(small)).hasSize(1);
  }

  @Test
  public void shouldNotTakeAnObjectForAnother() throws IOException {
    BlobKey key = key();
    store.put(key, zeros(SMALL));
    Map<String, String> metadata = versions(key).getLast().metadata();
    BlobKey other = key();
    fake.objects.put(
        "tone/keep/" + other.path(),
        new ArrayDeque<>(List.of(new FakeBucket.Version("moved", SMALL, false, metadata))));
    assertThatThrownBy(() -> store.stat(other)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.put(other, zeros(1))).isInstanceOf(IOException.class);
  }

  @Test
  public void shouldLeaveNoPartsOfASourceThatFails() {
    InputStream refusing =
        new InputStream() {
          @Override
          public int read() {
            return read(new byte[1], 0, 1);
          }

          @Override
          public int read(byte[] into, int offset, int wanted) {
            throw new IllegalStateException("too large");
          }
        };
    InputStream broken = new SequenceInputStream(zeros(11L << 20), refusing);
    assertThatThrownBy(() -> store.put(key(), broken)).isInstanceOf(IllegalStateException.class);
    assertThat(fake.uploads).isEmpty();
    assertThat(fake.objects.values()).allMatch(Deque::isEmpty);
  }

  @Test
  public void shouldSendAGibibyteOfUnknownLengthWithFewBuffers() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    BlobKey key = key();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(store.put(key, zeros(LARGE))).isEqualTo(LARGE);
    // One part of 5 MiB, which grew to it, and some 100 KiB of the client for each call.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100L << 20);
    assertThat(store.stat(key).map(BlobStat::length)).hasValue(LARGE);
    assertThat(fake.uploads).isEmpty();
  }
}
