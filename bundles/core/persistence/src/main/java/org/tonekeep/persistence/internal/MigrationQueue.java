package org.tonekeep.persistence.internal;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates bundles one after another on a thread of its own, for the framework's must not wait for
 * a database. One that is not there yet is tried again until it is; a migration that fails for
 * another reason is not.
 */
public final class MigrationQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationQueue.class);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  /**
   * Classes of SQL states that pass: connection, resources, operator's shutdown, lock conflicts.
   */
  private static final List<String> PASSING = List.of("08", "53", "57P", "40");

  private final Migrator migrator;
  private final Duration pause;
  private final ScheduledExecutorService worker;

  // Guarded by this: what is not done, by bundle, in words for the operator.
  private final Map<String, Task> undone = new TreeMap<>();
  private boolean closed;

  /**
   * @param pause before the first repetition; each later one is twice as long, up to ten seconds
   */
  public MigrationQueue(Migrator migrator, Duration pause) {
    this.migrator = migrator;
    this.pause = pause;
    ScheduledThreadPoolExecutor made =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = Executors.defaultThreadFactory().newThread(work);
              thread.setName("tonekeep-migrations");
              thread.setDaemon(true);
              return thread;
            });
    made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.worker = made;
  }

  /** A bundle's migrations on their way. */
  public final class Task {
    private final String bundle;
    private final Map<String, List<Migration>> units;
    private final Consumer<String> migrated;
    private String state = "not done yet";
    private boolean cancelled;

    private Task(String bundle, Map<String, List<Migration>> units, Consumer<String> migrated) {
      this.bundle = bundle;
      this.units = new TreeMap<>(units);
      this.migrated = migrated;
    }

    /** The bundle is gone; one call of {@code migrated} may still be on its way. */
    public void cancel() {
      synchronized (MigrationQueue.this) {
        cancelled = true;
        undone.remove(bundle, this);
      }
    }
  }

  /**
   * Migrates soon.
   *
   * @param migrated is told each unit whose tables are up to date, on the queue's thread
   */
  public Task add(String bundle, Map<String, List<Migration>> units, Consumer<String> migrated) {
    Task task = new Task(bundle, units, migrated);
    synchronized (this) {
      if (!closed && !units.isEmpty()) {
        undone.put(bundle, task);
        later(task, Duration.ZERO, pause);
      }
    }
    return task;
  }

  /** A bundle whose migrations cannot even be read. */
  public Task refused(String bundle, MigrationException why) {
    Task task = new Task(bundle, Map.of(), unit -> {});
    failed(task, why);
    synchronized (this) {
      undone.put(bundle, task);
    }
    return task;
  }

  /** What is not done, each as {@code bundle: why}; empty when all tables are up to date. */
  public synchronized List<String> undone() {
    return undone.values().stream().map(t -> t.bundle + ": " + t.state).toList();
  }

  /** Ends the thread; a migration that runs is not interrupted, but ends or is rolled back. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      undone.values().forEach(t -> t.cancelled = true);
      worker.shutdown();
    }
    try {
      if (!worker.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A migration still waits for the database; its thread ends with the pool");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void later(Task task, Duration wait, Duration next) {
    if (!closed && !task.cancelled) {
      Future<?> unused =
          worker.schedule(() -> attempt(task, next), wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void attempt(Task task, Duration wait) {
    try {
      while (!task.units.isEmpty()) {
        String unit = task.units.keySet().iterator().next();
        if (over(task)) {
          return;
        }
        migrator.migrate(unit, task.units.getOrDefault(unit, List.of()));
        task.units.remove(unit);
        if (over(task)) {
          return;
        }
        task.migrated.accept(unit); // foreign code: not under the lock
      }
      synchronized (this) {
        undone.remove(task.bundle, task);
      }
    } catch (MigrationException e) {
      if (passes(e)) {
        state(task, "waits for the database, " + e.getMessage());
        LOG.warn("{} waits for the database: {}", task.bundle, e.getMessage());
        LOG.debug("The database is not there yet", e);
        Duration twice = wait.multipliedBy(2);
        later(task, wait, twice.compareTo(LONGEST) > 0 ? LONGEST : twice);
      } else {
        failed(task, e);
      }
    } catch (RuntimeException | LinkageError e) {
      failed(task, e);
    }
  }

  private synchronized boolean over(Task task) {
    return closed || task.cancelled;
  }

  private synchronized void state(Task task, String words) {
    task.state = words;
  }

  private void failed(Task task, Throwable why) {
    LOG.error("{} stays without its tables: {}", task.bundle, why.getMessage(), why);
    state(task, String.valueOf(why.getMessage()));
  }

  private static boolean passes(MigrationException failure) {
    Throwable cause = failure.getCause();
    for (@Nullable Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof SQLTransientException) {
        return true; // a pool that got no connection says so, whatever the server's reason is
      }
      String state = t instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
      if (PASSING.stream().anyMatch(state::startsWith)) {
        return true;
      }
    }
    return false;
  }
}
