package org.tonekeep.vault.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes in the background what was read, and ends the accesses that are over. */
@Component(service = AccessUpkeep.class, immediate = true)
public final class AccessUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(AccessUpkeep.class);
  private static final long WRITE_SECONDS = 5;
  private static final long CLOSE_SECONDS = 10;
  private static final long STOP_SECONDS = 10;

  private final Accesses accesses;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "vault-access-upkeep");
            thread.setDaemon(true);
            return thread;
          });

  @Activate
  public AccessUpkeep(@Reference Accesses accesses) {
    this.accesses = accesses;
    every(WRITE_SECONDS, "write what was read", accesses::write);
    every(CLOSE_SECONDS, "end accesses that are over", accesses::close);
  }

  private void every(long period, String what, Runnable task) {
    Object unused =
        worker.scheduleWithFixedDelay(() -> attempt(what, task), period, period, TimeUnit.SECONDS);
  }

  /** An exception would end the schedule; the next time may be better (a database restarts). */
  private static void attempt(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("Could not {}; it is tried again", what, e);
    }
  }

  @Deactivate
  void stop() {
    worker.shutdown(); // no interrupt: a task may be inside the database
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A task did not end within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    attempt("write what was read", accesses::write);
  }
}
