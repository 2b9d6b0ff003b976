package org.tonekeep.passkeys.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes challenges in the background that nobody answered. */
@Component(service = Upkeep.class, immediate = true)
public final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long PURGE_SECONDS = 60;
  private static final long STOP_SECONDS = 10;

  private final Challenges challenges;
  private final ScheduledExecutorService worker;

  @Activate
  public Upkeep(@Reference Challenges challenges) {
    this.challenges = challenges;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "passkeys-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    Object unused =
        worker.scheduleWithFixedDelay(
            this::attempt, PURGE_SECONDS, PURGE_SECONDS, TimeUnit.SECONDS);
  }

  /** An exception would end the schedule; the next time may be better (a database restarts). */
  private void attempt() {
    try {
      challenges.purge();
    } catch (RuntimeException e) {
      LOG.warn("Could not remove old challenges; it is tried again", e);
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
