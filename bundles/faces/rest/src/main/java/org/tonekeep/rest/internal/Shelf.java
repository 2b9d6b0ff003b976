package org.tonekeep.rest.internal;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Buckets of one kind of one tenant, the latest used ones; not thread-safe. A bucket is put here
 * only for a try that all limits let pass, so the tenant's own limit bounds how many are alive, and
 * a flood of names pushes out nothing that still counts.
 */
final class Shelf {
  /** A bucket takes about 300 bytes. */
  static final int MOST = 25_000;

  private record Key(String name, Rate rate) {}

  private final TimeMeter time;
  private final boolean greedy;
  private final Map<Key, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Bucket> eldest) {
          return size() > MOST;
        }
      };

  /** Of buckets that fill up all the time. */
  Shelf(TimeMeter time) {
    this(time, true);
  }

  /**
   * As above.
   *
   * @param greedy or else a bucket fills up at the end of a period only, and all at once
   */
  Shelf(TimeMeter time, boolean greedy) {
    this.time = time;
    this.greedy = greedy;
  }

  boolean has(String name, Rate rate) {
    return buckets.containsKey(new Key(name, rate));
  }

  /** The bucket as it stands, or a full one that is on no shelf yet. */
  Bucket find(String name, Rate rate) {
    Bucket known = buckets.get(new Key(name, rate));
    return known == null ? full(rate) : known;
  }

  void put(String name, Rate rate, Bucket bucket) {
    buckets.put(new Key(name, rate), bucket);
  }

  void drop(String name, Rate rate) {
    Bucket unused = buckets.remove(new Key(name, rate));
  }

  int size() {
    return buckets.size();
  }

  private Bucket full(Rate rate) {
    var limit = Bandwidth.builder().capacity(rate.count());
    return Bucket.builder()
        .addLimit(
            greedy
                ? limit.refillGreedy(rate.count(), rate.period()).build()
                : limit.refillIntervally(rate.count(), rate.period()).build())
        .withCustomTimePrecision(time)
        .withSynchronizationStrategy(SynchronizationStrategy.NONE)
        .build();
  }
}
