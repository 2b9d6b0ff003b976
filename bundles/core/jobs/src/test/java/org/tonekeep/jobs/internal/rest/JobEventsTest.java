package org.tonekeep.jobs.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.ws.rs.sse.OutboundSseEvent;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Test;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.jobs.internal.JobSignals;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

public final class JobEventsTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final JobId ID = new JobId("00000000-0000-7000-8000-000000000001");

  private volatile @Nullable Job job = job(JobState.RUNNING, 0);
  private final JobEvents events = new JobEvents(jobs(), new JobSignals());

  @After
  public void stop() {
    events.stop();
  }

  @Test
  public void shouldSendProgressWhenItChangesAndEndWithTheJob() {
    Sink sink = new Sink();
    events.subscribe(job(JobState.RUNNING, 0), sink, sse());
    await().until(() -> sink.sent.size() == 1);
    events.changed(ALICE, ID);
    job = job(JobState.RUNNING, 2);
    events.changed(new TenantId("bob"), ID);
    events.changed(ALICE, ID);
    await().until(() -> sink.sent.size() == 2);
    job = job(JobState.DONE, 4);
    events.changed(ALICE, ID);
    await().until(sink::isClosed);
    assertThat(sink.sent).containsExactly("progress 0", "progress 2", "done 4");
    assertThat(events.size()).isZero();
  }

  @Test
  public void shouldNoticeChangesOfOtherNodesByItself() {
    Sink sink = new Sink();
    events.subscribe(job(JobState.RUNNING, 0), sink, sse());
    await().until(() -> sink.sent.size() == 1);
    job = job(JobState.FAILED, 3);
    await().until(sink::isClosed);
    assertThat(sink.sent).containsExactly("progress 0", "failed 3");
  }

  @Test
  public void shouldForgetListenersThatAreGone() {
    Sink broken = new Sink();
    broken.breaking = true;
    events.subscribe(job(JobState.RUNNING, 0), broken, sse());
    await().until(() -> events.size() == 0);
    Sink left = new Sink();
    events.subscribe(job(JobState.RUNNING, 0), left, sse());
    await().until(() -> left.sent.size() == 1);
    left.close();
    await().until(() -> events.size() == 0);
    Sink orphan = new Sink();
    events.subscribe(job(JobState.RUNNING, 0), orphan, sse());
    await().until(() -> orphan.sent.size() == 1);
    job = null;
    await().until(orphan::isClosed);
  }

  @Test
  public void shouldBoundTheListenersOfAnAccount() {
    List<Sink> sinks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Sink sink = new Sink();
      sinks.add(sink);
      events.subscribe(job(JobState.RUNNING, 0), sink, sse());
    }
    assertThatThrownBy(() -> events.subscribe(job(JobState.RUNNING, 0), new Sink(), sse()))
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.status()).isEqualTo(429));
    events.stop();
    assertThat(sinks).allMatch(Sink::isClosed);
    assertThat(events.size()).isZero();
  }

  @Test
  public void shouldSayTryAgainWhenItStops() {
    events.stop();
    assertThatThrownBy(() -> events.subscribe(job(JobState.RUNNING, 0), new Sink(), sse()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.status()).isEqualTo(503);
              assertThat(e.headers()).containsKey("Retry-After");
            });
    assertThat(events.size()).isZero();
  }

  @Test
  public void shouldKeepTheBoundWhenManyComeAtOnce() throws Exception {
    var threads = java.util.concurrent.Executors.newFixedThreadPool(8);
    try {
      var calls = new ArrayList<java.util.concurrent.Callable<Boolean>>();
      for (int i = 0; i < 200; i++) {
        calls.add(
            () -> {
              try {
                events.subscribe(job(JobState.RUNNING, 0), new Sink(), sse());
                return true;
              } catch (ProblemException e) {
                return false;
              }
            });
      }
      int taken = 0;
      for (var call : threads.invokeAll(calls)) {
        taken += call.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(16);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Job job(JobState state, long done) {
    JobRequest request = new JobRequest("owner", "stems.track", "s", Map.of());
    Instant at = Instant.EPOCH;
    return new Job(ALICE, ID, request, state, 1, done, 4, "decoding", null, at, at);
  }

  /** A queue that knows one job. */
  private Jobs jobs() {
    return proxy(
        Jobs.class,
        (name, args) -> {
          assertThat(name).isEqualTo("find");
          return Optional.ofNullable(job);
        });
  }

  /** Events as short texts: name and units done. */
  private static Sse sse() {
    return proxy(
        Sse.class,
        (name, args) -> {
          StringBuilder text = new StringBuilder();
          OutboundSseEvent.Builder[] builder = new OutboundSseEvent.Builder[1];
          builder[0] =
              proxy(
                  OutboundSseEvent.Builder.class,
                  (method, values) -> {
                    switch (method) {
                      case "name" -> text.append(values[0]);
                      case "data" -> text.append(' ').append(units(values[1]));
                      case "build" -> {
                        return proxy(OutboundSseEvent.class, (m, none) -> text.toString());
                      }
                      default -> {}
                    }
                    return builder[0];
                  });
          return builder[0];
        });
  }

  private static long units(Object data) {
    return data instanceof JobView view ? view.progress().done() : ((JobView.Progress) data).done();
  }

  private interface Answer {
    @Nullable Object to(String method, Object[] args);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            JobEventsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> answer.to(method.getName(), args)));
  }

  /** A connection of a test. */
  private static final class Sink implements SseEventSink {
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile boolean breaking;
    private volatile boolean closed;

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
      if (breaking) {
        return CompletableFuture.failedFuture(new java.io.IOException("broken pipe"));
      }
      sent.add(event.getName());
      return CompletableFuture.completedFuture(event);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
