package org.tonekeep.testing.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the server's memory and threads while something goes on; remembers the most. */
final class Gauge {
  private static final long STEP_MILLIS = 250;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Platform platform;
  private double resident;
  private double heap;
  private double threads;

  Gauge(Platform platform) {
    this.platform = platform;
    var unused = timer.scheduleWithFixedDelay(this::look, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    resident = Math.max(resident, Processes.mebibytes(platform.pid(), "VmRSS"));
    heap = Math.max(heap, platform.metric("jvm_memory_heap_used_bytes") / 1048576);
    threads = Math.max(threads, platform.metric("jvm_threads"));
  }

  /** Resident memory, MiB. */
  synchronized double resident() {
    return resident;
  }

  /** Heap with its garbage, MiB. */
  synchronized double heap() {
    return heap;
  }

  synchronized double threads() {
    return threads;
  }

  /** Looks once more, and no more. */
  void end() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The gauge hangs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    look();
  }
}
