package org.tonekeep.jobs.internal.rest;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.sse.OutboundSseEvent;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.jobs.internal.JobSignals;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/**
 * Sends server-sent events of jobs to their listeners: at once when the job runs here, within two
 * seconds when it runs on another node. Each listener ends with its job, with its connection, or
 * after half an hour.
 */
@Component(service = JobEvents.class)
public final class JobEvents implements JobSignals.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);
  private static final int MAX_LISTENERS = 512;
  private static final int MAX_PER_ACCOUNT = 16;
  private static final int POLL_SECONDS = 2;
  private static final int STOP_WITHIN_SECONDS = 5;
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long LIFE_NANOS = TimeUnit.MINUTES.toNanos(30);

  private final Jobs jobs;
  private final JobSignals signals;
  private final Set<Listening> listeners = ConcurrentHashMap.newKeySet();
  private boolean stopped;
  private final ScheduledExecutorService sender =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-job-events");
            thread.setDaemon(true);
            return thread;
          });

  @Activate
  public JobEvents(@Reference Jobs jobs, @Reference JobSignals signals) {
    this.jobs = jobs;
    this.signals = signals;
    signals.add(this);
    Future<?> unused =
        sender.scheduleWithFixedDelay(this::poll, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
  }

  @Deactivate
  void stop() {
    signals.remove(this);
    synchronized (this) {
      stopped = true;
      sender.shutdown(); // no interrupt: the sender may be within the database
    }
    try {
      if (!sender.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The sender of job events did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listeners.forEach(this::end);
  }

  /** How many listeners there are. */
  int size() {
    return listeners.size();
  }

  /**
   * Sends the job's events to the sink until it ends.
   *
   * @throws ProblemException 429 when there are too many listeners, 503 when this bundle stops
   */
  synchronized void subscribe(Job job, SseEventSink sink, Sse sse) {
    if (stopped) {
      throw ProblemException.of(
              503, "stopping", "Stopping", "Events of jobs are about to come back; try again")
          .withHeader("Retry-After", "5");
    }
    String owner = job.request().owner();
    long own = listeners.stream().filter(l -> l.owner.equals(owner)).count();
    if (listeners.size() >= MAX_LISTENERS || own >= MAX_PER_ACCOUNT) {
      throw ProblemException.of(
              429, "too-many-listeners", "Too many listeners", "Close other pages and try again")
          .withHeader("Retry-After", "5");
    }
    Listening listening = new Listening(job.tenant(), job.id(), owner, sink, sse);
    listeners.add(listening);
    sender.execute(() -> push(listening));
  }

  @Override
  public void changed(TenantId tenant, JobId id) {
    for (Listening listening : listeners) {
      if (listening.id.equals(id) && listening.tenant.equals(tenant)) {
        try {
          sender.execute(() -> push(listening));
        } catch (RejectedExecutionException e) {
          LOG.debug("Job events are stopping", e);
        }
      }
    }
  }

  private void poll() {
    listeners.forEach(this::push);
  }

  /** Sends what is new; runs on the sender's thread only. */
  private void push(Listening listening) {
    try {
      if (!listeners.contains(listening)) {
        return;
      }
      if (listening.sink.isClosed() || System.nanoTime() - listening.since > LIFE_NANOS) {
        end(listening);
        return;
      }
      Optional<Job> job = jobs.find(listening.tenant, listening.id);
      if (job.isEmpty()) {
        end(listening);
      } else {
        send(listening, job.get());
      }
    } catch (RuntimeException e) {
      // One broken connection, or a database that is away, must not end the others' events.
      LOG.debug("A listener of job {} is dropped", listening.id, e);
      end(listening);
    }
  }

  private void send(Listening listening, Job job) {
    JobView view = JobView.of(job);
    if (job.state().ended()) {
      String name = job.state() == JobState.DONE ? "done" : "failed";
      listening
          .sink
          .send(event(listening, name, JobView.class, view))
          .whenComplete((sent, failure) -> end(listening));
      listeners.remove(listening);
      return;
    }
    if (!view.progress().equals(listening.last)) {
      listening.last = view.progress();
      send(listening, event(listening, "progress", JobView.Progress.class, view.progress()));
    } else if (System.nanoTime() - listening.sentAt > HEARTBEAT_NANOS) {
      send(listening, listening.sse.newEventBuilder().comment("still here").build());
    }
  }

  private void send(Listening listening, OutboundSseEvent event) {
    listening.sentAt = System.nanoTime();
    listening
        .sink
        .send(event)
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                end(listening);
              }
            });
  }

  private static <T> OutboundSseEvent event(
      Listening listening, String name, Class<T> type, T data) {
    return listening
        .sse
        .newEventBuilder()
        .name(name)
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(type, data)
        .build();
  }

  private void end(Listening listening) {
    listeners.remove(listening);
    try {
      listening.sink.close();
    } catch (RuntimeException e) {
      LOG.debug("The listener's connection was gone already", e);
    }
  }

  /** A listener and what it was sent last; its changing fields belong to the sender's thread. */
  private static final class Listening {
    private final TenantId tenant;
    private final JobId id;
    private final String owner;
    private final SseEventSink sink;
    private final Sse sse;
    private final long since = System.nanoTime();
    private long sentAt = since;
    private JobView.@Nullable Progress last;

    Listening(TenantId tenant, JobId id, String owner, SseEventSink sink, Sse sse) {
      this.tenant = tenant;
      this.id = id;
      this.owner = owner;
      this.sink = sink;
      this.sse = sse;
    }
  }
}
