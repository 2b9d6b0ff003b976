package org.tonekeep.breakglass.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets in the background what ended too long ago. */
@Component(service = Upkeep.class, immediate = true)
public final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long FIRST_SECONDS = 120;
  private static final long PERIOD_SECONDS = 3600;
  private static final long STOP_SECONDS = 10;

  private final Breakglass breakglass;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "breakglass-upkeep");
            thread.setDaemon(true);
            return thread;
          });

  @Activate
  public Upkeep(@Reference Breakglass breakglass) {
    this.breakglass = breakglass;
    Object unused =
        worker.scheduleWithFixedDelay(this::purge, FIRST_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** An exception would end the schedule; the next time may be better (a database restarts). */
  private void purge() {
    try {
      breakglass.purge();
    } catch (RuntimeException e) {
      LOG.warn("Could not remove old grants; it is tried again", e);
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
  }
}
