package org.tonekeep.appkeys.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works in the background: writes when keys were used and removes those that are dead. */
@Component(service = Upkeep.class, immediate = true)
public final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long WRITE_SECONDS = 10;
  private static final long PURGE_SECONDS = 3600;
  private static final long FIRST_PURGE_SECONDS = 60;
  private static final long STOP_SECONDS = 10;

  private final LastUsed lastUsed;
  private final ScheduledExecutorService worker;

  @Activate
  public Upkeep(@Reference LastUsed lastUsed, @Reference AppKeys keys) {
    this.lastUsed = lastUsed;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "appkeys-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    every(WRITE_SECONDS, WRITE_SECONDS, "write when keys were used", lastUsed::write);
    every(FIRST_PURGE_SECONDS, PURGE_SECONDS, "remove dead keys", keys::purge);
  }

  private void every(long first, long period, String what, Runnable task) {
    Object unused =
        worker.scheduleWithFixedDelay(() -> attempt(what, task), first, period, TimeUnit.SECONDS);
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
    attempt("write when keys were used", lastUsed::write);
  }
}
