package org.tonekeep.testing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.tonekeep.audit.internal.LogRates;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/**
 * How fast acts get into the audit log, and how long it takes to verify one. Both databases commit
 * durably; a pool of eight connections.
 */
final class AuditLoad {
  private static final int[] THREADS = {1, 8, 32};
  private static final Duration TIME = Duration.ofSeconds(10);

  private AuditLoad() {}

  /**
   * @param entries of the log that is verified
   */
  static void measure(Path work, long entries, Table table) throws IOException {
    table.section("Audit log");
    Path derby = Files.createDirectories(work.resolve("audit"));
    measure("Derby", TestDatabase.derby(derby.resolve("database"), "audit"), derby, entries, table);
    Bench.delete(derby);
    Path postgres = Files.createDirectories(work.resolve("audit"));
    measure("PostgreSQL", TestDatabase.open(Engine.POSTGRES, "audit"), postgres, entries, table);
    Bench.delete(postgres);
  }

  private static void measure(
      String engine, TestDatabase database, Path folder, long entries, Table table) {
    try (LogRates log = new LogRates(database, folder)) {
      LogRates.Appends warm = log.append(THREADS[1], TIME);
      for (int threads : THREADS) {
        LogRates.Appends appends = log.append(threads, TIME);
        table.row(
            engine + ": acts appended by " + threads + " threads",
            appends.perSecond(),
            "1/s",
            String.format(
                Locale.ROOT,
                "the last under a checkpoint after %.0f ms (warming up: %.0f/s)",
                appends.behindMillis(),
                warm.perSecond()));
      }
      log.fill(entries);
      table.row(engine + ": " + entries + " or more entries verified", log.verify(), "s", "");
    }
  }
}
