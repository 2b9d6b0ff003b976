package org.tonekeep.storage.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.s3.internal.FaultProxy.Fault;
import org.tonekeep.tenant.api.TenantId;

/**
 * Mixed operations while 30 of 100 requests meet 503, five a reset, two a cut answer and some
 * worse: no corrupt read, no false acknowledgement. {@code -Dtonekeep.faults=10000} makes it
 * longer.
 */
public final class BadDayTest {
  private static final int OPERATIONS = Integer.getInteger("tonekeep.faults", 1000);
  private static final int THREADS = 8;
  private static final int LARGE = 6 << 20;

  private final Map<BlobKey, byte[]> acknowledged = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<BlobKey> deleted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final Map<String, Integer> reasons = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> millis = new ConcurrentLinkedQueue<>();
  private final Random dice = new Random(7);

  private synchronized Fault next(String line) {
    int hundred = dice.nextInt(1000);
    if (hundred < 300) {
      return Fault.SLOW_DOWN;
    }
    if (hundred < 350) {
      return List.of(Fault.CUT_ANSWER, Fault.CUT_UPLOAD, Fault.LOST).get(hundred % 3);
    }
    if (hundred < 370) {
      return Fault.SHORT_ANSWER;
    }
    if (hundred < 380) {
      return Fault.DONE_BUT_ERROR;
    }
    return hundred < 382 ? Fault.STALL : Fault.NONE;
  }

  @Test
  public void shouldLoseAndInventNothing() throws Exception {
    Bucket direct = S3Server.shared().newBucket();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (FaultProxy proxy = new FaultProxy(S3Server.shared().port(), this::next)) {
      S3BlobStore store =
          new S3BlobStore(S3Server.bucket(S3Server.settings(proxy.port(), direct.name())));
      List<Future<Integer>> works = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        works.add(pool.submit(() -> work(store, seed)));
      }
      int done = 0;
      for (Future<Integer> work : works) {
        done += work.get();
      }
      System.out.printf(
          "%d operations, %d refused in clear; %d requests, %d faults; p50 %d ms, p99 %d ms%n",
          done,
          refused.get(),
          proxy.requests.get(),
          proxy.faults.get(),
          percentile(50),
          percentile(99));
      reasons.forEach((reason, times) -> System.out.println(times + " x " + reason));
    } finally {
      pool.shutdownNow();
    }
    S3BlobStore truth = new S3BlobStore(direct);
    for (Map.Entry<BlobKey, byte[]> kept : acknowledged.entrySet()) {
      try (InputStream in = truth.read(kept.getKey(), 0, Long.MAX_VALUE)) {
        assertThat(in.readAllBytes()).isEqualTo(kept.getValue());
      }
    }
    for (BlobKey key : deleted) {
      assertThat(truth.stat(key)).isEmpty();
    }
    assertThat(refused.get()).isLessThan(OPERATIONS / 10);
  }

  private long percentile(int percent) {
    List<Long> sorted = millis.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) * percent / 100);
  }

  private int work(S3BlobStore store, int seed) throws IOException {
    Random random = new Random(seed);
    TenantId tenant = new TenantId("tenant" + seed);
    List<BlobKey> mine = new ArrayList<>();
    int done = 0;
    for (; done < OPERATIONS / THREADS; done++) {
      long begun = System.nanoTime();
      try {
        operate(store, random, tenant, mine);
        millis.add((System.nanoTime() - begun) / 1_000_000);
      } catch (IOException inClear) {
        refused.incrementAndGet();
        reasons.merge(inClear + " < " + inClear.getCause(), 1, Integer::sum);
      }
    }
    return done;
  }

  private void operate(S3BlobStore store, Random random, TenantId tenant, List<BlobKey> mine)
      throws IOException {
    int what = mine.isEmpty() ? 0 : random.nextInt(10);
    if (what < 4) {
      byte[] bytes = new byte[random.nextInt(50) == 0 ? LARGE : random.nextInt(200_000)];
      random.nextBytes(bytes);
      String owner = UUID.randomUUID().toString();
      BlobKey key = new BlobKey(tenant, owner, "original", UUID.randomUUID().toString());
      store.put(key, new ByteArrayInputStream(bytes));
      acknowledged.put(key, bytes);
      mine.add(key);
      return;
    }
    BlobKey key = mine.get(random.nextInt(mine.size()));
    byte[] bytes = acknowledged.get(key);
    if (what < 8) {
      int from = random.nextInt(bytes.length + 1);
      int length = random.nextInt(bytes.length + 1);
      try (InputStream in = store.read(key, from, length)) {
        int end = Math.min(bytes.length, from + length);
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, from, end));
      }
    } else if (what == 8) {
      assertThat(store.stat(key).orElseThrow().length()).isEqualTo(bytes.length);
      assertThat(store.list(tenant, key.owner(), "", 10)).hasSize(1);
    } else {
      mine.remove(key);
      acknowledged.remove(key);
      boolean unused = store.delete(key);
      deleted.add(key);
    }
  }
}
