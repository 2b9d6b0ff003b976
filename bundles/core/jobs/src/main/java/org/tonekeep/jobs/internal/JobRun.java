package org.tonekeep.jobs.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.internal.LeaseTable.Lease;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.TenantId;

/**
 * One attempt of a job on one worker thread.
 *
 * <p>The thread is interrupted only when the worker must be free (shutdown, the handler's bundle
 * stops), and never while this class talks to the database: an interrupt there would break the
 * connection instead of stopping the work.
 */
final class JobRun implements Runnable, JobContext {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
  private static final Duration PROGRESS_EVERY = Duration.ofMillis(300);

  /** How long a job whose adapter is away waits until it is looked whether that is back. */
  static final Duration ADAPTER_WAIT = Duration.ofSeconds(5);

  private static final int MAX_TEXT = 500;

  /** Why the attempt should stop. */
  enum Stop {
    NONE,
    CANCELLED,
    LOST,
    RELEASED
  }

  /** What all attempts share. */
  record Shop(LeaseTable leases, JobSignals signals, Tx tx, Clock clock, Duration lease) {}

  private final Claim claim;
  private final TenantId tenant;
  private final JobHandler handler;
  private final Shop shop;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Stop stop = Stop.NONE;
  private volatile boolean committed;
  private @Nullable Thread thread;
  private boolean shielded;
  private boolean interruptLater;
  private long progressWritten = System.nanoTime() - PROGRESS_EVERY.toNanos();

  JobRun(Claim claim, JobHandler handler, Shop shop) {
    this.claim = claim;
    this.tenant = claim.job().tenant();
    this.handler = handler;
    this.shop = shop;
  }

  Claim claim() {
    return claim;
  }

  JobHandler handler() {
    return handler;
  }

  /** Tells the attempt to stop; the first reason counts. */
  synchronized void stop(Stop reason) {
    if (stop == Stop.NONE) {
      stop = reason;
    }
    if (reason == Stop.RELEASED && thread != null) {
      if (shielded) {
        interruptLater = true;
      } else {
        thread.interrupt();
      }
    }
  }

  /** Waits until the attempt is over; false when the time passed first. */
  boolean awaitOver(long nanos) throws InterruptedException {
    return over.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Keeps the lease; called from time to time by the heartbeat. */
  void beat() {
    synchronized (this) {
      if (shielded || committed) {
        return; // it holds the row itself, or no lease any more
      }
    }
    heed(shop.leases().renew(tenant, claim, leaseEnd()));
  }

  private void heed(Lease lease) {
    switch (lease) {
      case HELD -> {}
      case CANCEL_ASKED -> stop(Stop.CANCELLED);
      case LOST -> {
        if (!committed) {
          stop(Stop.LOST);
        }
      }
    }
  }

  @Override
  public void run() {
    synchronized (this) {
      thread = Thread.currentThread();
    }
    MDC.put("tenant", tenant.value());
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(handler.getClass().getClassLoader());
    try {
      attempt();
    } catch (RuntimeException e) {
      // The end could not be written (database away): the lease runs out and the job is begun
      // again.
      LOG.warn("Job {} could not be ended; it is begun again later", claim.job().id(), e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      MDC.remove("tenant");
      quiet();
      over.countDown();
    }
  }

  private void attempt() {
    Ending ending = new Ending(claim, handler, shop);
    if (stop != Stop.NONE) {
      end(() -> ending.stopped(stop));
      return;
    }
    if (claim.exhausted()) {
      end(() -> ending.failed("It was begun " + claim.maxAttempts() + " times and never ended."));
      return;
    }
    try {
      handler.run(this);
      if (!committed) {
        end(ending::done);
      }
    } catch (JobFailedException e) {
      String reason = cut(String.valueOf(e.getMessage()), MAX_TEXT);
      end(() -> ending.failed(reason));
    } catch (InterruptedException e) {
      // The worker thread is ours: whoever interrupted it wants the job back in the queue.
      end(() -> ending.stopped(Stop.RELEASED));
    } catch (CancellationException e) {
      end(() -> ending.cancelled(stop, e));
    } catch (AdapterMissingException e) {
      end(() -> ending.postponed(stop, e));
    } catch (IOException | RuntimeException | Error e) {
      end(() -> ending.retry(stop, e));
    }
  }

  private void end(Runnable ending) {
    quiet();
    if (committed) {
      return;
    }
    ending.run();
    shop.signals().changed(tenant, claim.job().id());
  }

  /** From here on nobody interrupts the thread, and a late interrupt is forgotten. */
  private synchronized void quiet() {
    thread = null;
    Object unused = Thread.interrupted();
  }

  @Override
  public Job job() {
    return claim.job();
  }

  @Override
  public void progress(long done, long total, String stage) {
    if (System.nanoTime() - progressWritten >= PROGRESS_EVERY.toNanos()) {
      progressWritten = System.nanoTime();
      String word = cut(stage, 100);
      shielded(() -> heed(shop.leases().progress(tenant, claim, done, total, word, leaseEnd())));
      shop.signals().changed(tenant, claim.job().id());
    }
    checkCancelled();
  }

  @Override
  public void checkCancelled() {
    if (stop != Stop.NONE) {
      throw new CancellationException();
    }
  }

  @Override
  public void commit(Runnable work) {
    if (stop == Stop.CANCELLED || stop == Stop.LOST) {
      throw new CancellationException();
    }
    shielded(
        () -> {
          shop.tx()
              .run(
                  tenant,
                  () -> {
                    if (!shop.leases().complete(tenant, claim, shop.clock().instant())) {
                      heed(shop.leases().look(tenant, claim));
                      throw new CancellationException();
                    }
                    work.run();
                  });
          committed = true;
        });
    shop.signals().changed(tenant, claim.job().id());
  }

  private void shielded(Runnable work) {
    boolean interrupted;
    synchronized (this) {
      shielded = true;
      interrupted = Thread.interrupted();
    }
    try {
      work.run();
    } finally {
      synchronized (this) {
        shielded = false;
        if (interrupted || interruptLater) {
          interruptLater = false;
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private Instant leaseEnd() {
    return shop.clock().instant().plus(shop.lease());
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  /** Writes how an attempt ended, unless it lost its lease. */
  private record Ending(Claim claim, JobHandler handler, Shop shop) {
    private TenantId tenant() {
      return claim.job().tenant();
    }

    private Instant now() {
      return shop.clock().instant();
    }

    void done() {
      if (!shop.leases().complete(tenant(), claim, now())
          && shop.leases().look(tenant(), claim) == Lease.CANCEL_ASKED) {
        cancelled();
      }
    }

    /** Ends the job as cancelled and tells its handler in the same transaction, or else later. */
    private void cancelled() {
      try {
        shop.tx()
            .run(
                tenant(),
                () -> {
                  if (shop.leases().cancelled(tenant(), claim, false, now())) {
                    handler.cancelled(claim.job());
                  }
                });
      } catch (RuntimeException e) {
        LOG.error("The handler of job {} could not end its cancellation", claim.job().id(), e);
        boolean unused = shop.leases().cancelled(tenant(), claim, true, now());
      }
    }

    /** Another attempt follows, unless somebody asked the job to stop. */
    private void back(boolean waits) {
      if (!waits) {
        cancelled();
      }
    }

    /** Fails the job for good and tells its handler in the same transaction. */
    void failed(String reason) {
      try {
        shop.tx()
            .run(
                tenant(),
                () -> {
                  if (shop.leases().fail(tenant(), claim, reason, now())) {
                    handler.failed(claim.job(), reason);
                  }
                });
      } catch (RuntimeException e) {
        LOG.error("The handler of job {} could not end its failure", claim.job().id(), e);
        if (claim.job().attempt() > claim.maxAttempts() + 2) {
          shop.leases().fail(tenant(), claim, reason, now());
        } else {
          again("Its failure could not be recorded; it is tried again.");
        }
      }
    }

    void stopped(Stop why) {
      switch (why) {
        case CANCELLED -> cancelled();
        case RELEASED -> {
          back(shop.leases().release(tenant(), claim, now()));
          shop.signals().queued();
        }
        case LOST, NONE -> {}
      }
    }

    void cancelled(Stop why, CancellationException thrown) {
      if (why == Stop.NONE) {
        retry(why, thrown);
      } else {
        stopped(why);
      }
    }

    void retry(Stop why, Throwable cause) {
      if (why != Stop.NONE) {
        stopped(why);
        return;
      }
      // The cause is for the operator; whoever owns the job reads no class names.
      LOG.warn("Attempt {} of job {} failed", claim.job().attempt(), claim.job().id(), cause);
      if (claim.last()) {
        failed(
            "Something went wrong on this server, "
                + claim.job().attempt()
                + " times over. The operator finds the cause in the log.");
      } else {
        again("Attempt " + claim.job().attempt() + " did not succeed; it is tried again.");
      }
    }

    /** Nothing is wrong with the job: what it needs is away, and no attempt is counted. */
    void postponed(Stop why, AdapterMissingException missing) {
      if (why != Stop.NONE) {
        stopped(why);
        return;
      }
      String reason = missing.getMessage() + "; it waits.";
      if (!reason.equals(claim.job().failure())) { // said once, not at every look
        LOG.info("Job {} waits: {}", claim.job().id(), missing.getMessage());
      }
      back(shop.leases().postpone(tenant(), claim, reason, now().plus(ADAPTER_WAIT)));
    }

    private void again(String failure) {
      Duration wait = Backoff.after(claim.job().attempt(), ThreadLocalRandom.current());
      back(shop.leases().retry(tenant(), claim, failure, now().plus(wait)));
    }
  }
}
