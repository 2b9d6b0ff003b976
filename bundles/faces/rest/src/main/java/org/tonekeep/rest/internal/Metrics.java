package org.tonekeep.rest.internal;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Counts requests, by method and status class only: nothing here can point at a person. */
@Component(service = Metrics.class)
public final class Metrics {
  private static final double[] BUCKETS = {0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final LongAdder[] buckets = new LongAdder[BUCKETS.length + 1];
  private final LongAdder inFlight = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final Map<String, Map<String, LongAdder>> counters = new ConcurrentSkipListMap<>();

  @Activate
  public Metrics() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /**
   * A counter more.
   *
   * @param name without {@code _total}
   * @param labels such as <code>act="login"</code>; words of ours only, never of a visitor
   */
  LongAdder counter(String name, String labels) {
    return counters
        .computeIfAbsent(name, k -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(labels, k -> new LongAdder());
  }

  /** A request under way. */
  interface Sample {
    void end(int status);
  }

  Sample begin(String method) {
    long start = System.nanoTime();
    String known = METHODS.contains(method) ? method : "other";
    inFlight.increment();
    return status -> {
      long took = System.nanoTime() - start;
      inFlight.decrement();
      nanos.add(took);
      requests
          .computeIfAbsent(
              "method=\"" + known + "\",status=\"" + status / 100 + "xx\"", k -> new LongAdder())
          .increment();
      int i = 0;
      while (i < BUCKETS.length && took > BUCKETS[i] * 1e9) {
        i++;
      }
      buckets[i].increment();
    };
  }

  /** OpenMetrics 1.0 text. */
  String render() {
    StringBuilder text = new StringBuilder(1024);
    text.append("# TYPE tonekeep_http_requests counter\n");
    requests.forEach(
        (labels, count) -> line(text, "tonekeep_http_requests_total{" + labels + "}", count.sum()));
    counters.forEach(
        (name, byLabels) -> {
          text.append("# TYPE ").append(name).append(" counter\n");
          byLabels.forEach(
              (labels, count) ->
                  line(
                      text,
                      name + "_total" + (labels.isEmpty() ? "" : "{" + labels + "}"),
                      count.sum()));
        });
    text.append("# TYPE tonekeep_http_in_flight gauge\n");
    line(text, "tonekeep_http_in_flight", inFlight.sum());
    text.append("# TYPE tonekeep_http_seconds histogram\n");
    long below = 0;
    for (int i = 0; i < buckets.length; i++) {
      below += buckets[i].sum();
      String edge = i < BUCKETS.length ? Double.toString(BUCKETS[i]) : "+Inf";
      line(text, "tonekeep_http_seconds_bucket{le=\"" + edge + "\"}", below);
    }
    line(text, "tonekeep_http_seconds_count", below);
    text.append(String.format(Locale.ROOT, "tonekeep_http_seconds_sum %.6f\n", nanos.sum() / 1e9));
    var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    text.append("# TYPE jvm_memory_heap_used_bytes gauge\n");
    line(text, "jvm_memory_heap_used_bytes", memory.getUsed());
    text.append("# TYPE jvm_threads gauge\n");
    line(text, "jvm_threads", ManagementFactory.getThreadMXBean().getThreadCount());
    return text.append("# EOF\n").toString();
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
