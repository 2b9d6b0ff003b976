package org.tonekeep.audit.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** Drives a real log over a real database, without a server around it. */
public final class LogRates implements AutoCloseable {
  private static final TenantId TENANT = TestTenants.ALICE;
  private static final int CHUNK = 1000;

  private final Clock clock = Clock.systemUTC();
  private final TestKeys keys = new TestKeys(clock);
  private final EntryMac macs = new EntryMac(keys);
  private final TestDatabase db;
  private final EntryStore store;
  private final TreeStore trees;
  private final LogWriter writer;
  private final LogVerifier verifier;
  private final Sequencer sequencer;
  private final AuditLog log;

  /**
   * @param db with the unit audit
   * @param folder for the checkpoint outside of the database
   */
  public LogRates(TestDatabase db, Path folder) {
    TestTenants tenants = new TestTenants();
    this.db = db;
    this.store = new EntryStore(db.dataSource(), db.tx());
    this.trees = new TreeStore(db.dataSource(), db.tx());
    Witness witness = new Witness(folder);
    this.writer = new LogWriter(trees, witness, keys, tenants, db.tx(), clock);
    this.verifier = new LogVerifier(trees, store, writer, witness, keys);
    this.sequencer = new Sequencer(writer, trees, store, keys, tenants);
    this.log = new AuditLog(store, sequencer, keys, db.tx(), clock);
  }

  /**
   * What was measured.
   *
   * @param perSecond entries that were committed, each in a transaction of its own
   * @param behindMillis how long after the last commit the last of them was under a checkpoint
   */
  public record Appends(double perSecond, double behindMillis) {}

  /** Appends from many threads while the sequencer runs. */
  public Appends append(int threads, Duration time) {
    long before = leaves();
    long end = System.nanoTime() + time.toNanos();
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Long>> counts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      counts.add(pool.submit(() -> appendUntil(end)));
    }
    pool.shutdown();
    long sum = counts.stream().mapToLong(LogRates::result).sum();
    double seconds = (System.nanoTime() - start) / 1e9;
    long committed = System.nanoTime();
    while (leaves() < before + sum) {
      Thread.onSpinWait();
    }
    return new Appends(sum / seconds, (System.nanoTime() - committed) / 1e6);
  }

  private long appendUntil(long end) {
    long count = 0;
    while (System.nanoTime() < end) {
      log.append(TENANT, entry(count++));
    }
    return count;
  }

  private static long result(Future<Long> count) {
    try {
      return count.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private long leaves() {
    return trees.find(TENANT).map(TreeRow::leaves).orElse(0L);
  }

  private static AuditEntry entry(long number) {
    AccountId owner = new AccountId("%08x-0000-7000-8000-000000000000".formatted(number % 1000));
    return AuditEntry.of(Actor.account(owner), "blob.read")
        .on("track-" + number)
        .ownedBy(owner)
        .from("0123456789abcdef")
        .with("bytes", Long.toString(number));
  }

  /** Fills the log to that size, many entries to a transaction. */
  public void fill(long size) {
    for (long next = leaves(); next < size; next += CHUNK) {
      List<LogWriter.Waiting> chunk = new ArrayList<>();
      long from = next;
      db.tx()
          .run(
              TENANT,
              () -> {
                for (long i = from; i < Math.min(size, from + CHUNK); i++) {
                  String id = Ids.next(clock);
                  StoredEntry made = StoredEntry.of(TENANT, id, clock.millis(), entry(i), macs);
                  store.insert(TENANT, made);
                  chunk.add(new LogWriter.Waiting(id, made.leaf()));
                }
              });
      writer.append(TENANT, chunk);
    }
  }

  /**
   * Verifies the whole log.
   *
   * @return how many seconds it took
   * @throws IllegalStateException when anything is wrong with it
   */
  public double verify() {
    long start = System.nanoTime();
    Verdict verdict = verifier.verify(TENANT).orElseThrow();
    if (verdict.first().isPresent() || verdict.whole() != leaves()) {
      throw new IllegalStateException(verdict.toString());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    sequencer.stop();
    log.stop();
    db.close();
  }
}
