package org.tonekeep.console.internal;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.Tenant;

/**
 * Prints the sites' addresses once, when everything is ready; after a minute says what is missing.
 */
@Component(service = Announcer.class, immediate = true)
public final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final Status status;
  private final String port;
  private final ScheduledExecutorService timer;
  private final long start = System.nanoTime();
  private boolean complained;

  @Activate
  public Announcer(BundleContext context, @Reference Status status) {
    this.status = status;
    String configured = context.getProperty("tonekeep.http.port");
    this.port = configured == null ? "8181" : configured;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "tonekeep-announcer");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.scheduleWithFixedDelay(this::guardedLook, 100, 200, TimeUnit.MILLISECONDS);
  }

  @Deactivate
  void stop() {
    timer.shutdown(); // no interrupt: a part may be asking the database
  }

  /** An exception would end the timer, and "ready" would never be said. */
  private void guardedLook() {
    try {
      look();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("Whether everything is ready could not be told; it is looked again", e);
    }
  }

  private void look() {
    List<String> missing = status.missing();
    if (missing.isEmpty()) {
      announce(System.out);
      timer.shutdown();
    } else if (!complained && System.nanoTime() - start > PATIENCE) {
      complained = true;
      LOG.warn("Not ready after a minute: {}", missing);
      System.out.println("Tonekeep is not ready yet: " + String.join("; ", missing));
    }
  }

  private void announce(PrintStream out) {
    StringBuilder text = new StringBuilder("\nTonekeep is ready.\n");
    for (Tenant tenant : status.sites()) {
      for (String host : tenant.hosts()) {
        text.append(String.format("  %-10s http://%s:%s%n", tenant.id(), host, port));
      }
    }
    out.println(text);
    out.flush();
    LOG.info("Ready with {} sites", status.sites().size());
  }
}
