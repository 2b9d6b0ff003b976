package org.tonekeep.testing.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.After;
import org.junit.Test;
import org.tonekeep.storage.api.BlobExistsException;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.NoSuchBlobException;

/** All methods may be called by any number of threads. */
public abstract class BlobStoreConcurrencyContract extends BlobStoreFacet {
  private static final int THREADS = 8;
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  /** Ends the threads. */
  @After
  public final void endThreads() {
    pool.shutdownNow();
  }

  private <T> List<T> together(List<Callable<T>> works)
      throws InterruptedException, ExecutionException {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> work : works) {
      futures.add(
          pool.submit(
              () -> {
                start.await();
                return work.call();
              }));
    }
    start.countDown();
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  @Test
  public void shouldLetExactlyOneOfManyPutsOfAKeyWin() throws Exception {
    for (int round = 0; round < 20; round++) {
      BlobKey key = key(ALICE);
      List<Callable<Integer>> puts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        puts.add(() -> putOrLose(key, seed));
      }
      List<Integer> winners = together(puts).stream().filter(w -> w >= 0).toList();
      assertThat(winners).hasSize(1);
      assertThat(stored(key)).isEqualTo(bytes(winners.get(0), 20_000));
    }
  }

  private int putOrLose(BlobKey key, int seed) throws IOException {
    try {
      put(key, bytes(seed, 20_000));
      return seed;
    } catch (BlobExistsException lost) {
      return -1;
    }
  }

  @Test
  public void shouldKeepAllOfManyBlobsThatArePutAtOnce() throws Exception {
    String owner = id();
    List<Callable<BlobKey>> puts = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      puts.add(
          () -> {
            BlobKey last = key(ALICE, owner);
            for (int j = 0; j < 10; j++) {
              last = key(ALICE, j % 2 == 0 ? owner : id());
              put(last, bytes(j, 100 + j));
            }
            return last;
          });
    }
    for (BlobKey key : together(puts)) {
      assertThat(stored(key)).isEqualTo(bytes(9, 109));
    }
    assertThat(paths(ALICE, "", 9)).hasSize(10 * THREADS).isSorted().doesNotHaveDuplicates();
  }

  @Test
  public void shouldShowReadersNothingOrAllWhileBlobsComeAndGo() throws Exception {
    BlobKey key = key(ALICE);
    byte[] bytes = bytes(1, 50_000);
    List<Callable<Integer>> works = new ArrayList<>();
    works.add(
        () -> {
          for (int i = 0; i < 50; i++) {
            put(key, bytes);
            store.delete(key);
          }
          return 0;
        });
    for (int i = 1; i < THREADS; i++) {
      works.add(
          () -> {
            for (int j = 0; j < 50; j++) {
              assertNothingOrAll(key, bytes);
            }
            return 0;
          });
    }
    assertThat(together(works)).hasSize(THREADS);
    assertThat(store.stat(key)).isEmpty();
  }

  private void assertNothingOrAll(BlobKey key, byte[] bytes) throws IOException {
    try {
      assertThat(stored(key)).isEqualTo(bytes);
    } catch (NoSuchBlobException allowed) {
      return;
    }
    store
        .list(ALICE, key.owner(), "", 10)
        .forEach(stat -> assertThat(stat.length()).isEqualTo(bytes.length));
  }

  @Test
  public void shouldPutAndDeleteSiblingsAtOnceWithoutHarm() throws Exception {
    String owner = id();
    List<Callable<Integer>> works = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int seed = i;
      works.add(
          () -> {
            for (int j = 0; j < 25; j++) {
              BlobKey key = key(ALICE, owner);
              put(key, bytes(seed, 500));
              assertThat(stored(key)).isEqualTo(bytes(seed, 500));
              assertThat(store.delete(key)).isTrue();
            }
            return 0;
          });
    }
    assertThat(together(works)).hasSize(THREADS);
    assertThat(store.list(ALICE, owner, "", 10)).isEmpty();
  }
}
