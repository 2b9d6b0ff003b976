package org.tonekeep.testing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a first and a second start take, ours and the stock one in turns. */
final class StartUps {
  private final List<Double> cold = new ArrayList<>();
  private final List<Double> warm = new ArrayList<>();
  private final List<Double> coldWork = new ArrayList<>();
  private final List<Double> warmWork = new ArrayList<>();
  private final List<Double> memory = new ArrayList<>();
  private final List<Double> stops = new ArrayList<>();

  private StartUps() {}

  static void measure(Bench.Settings settings, Table table) throws IOException {
    table.section(
        "Archive and start-up (from the fork to ready; cold: just unpacked, no data; warm: its second start)");
    StartUps ours = new StartUps();
    StartUps stock = new StartUps();
    for (int run = 0; run < settings.runs(); run++) {
      ours.once(new Platform(settings.distribution(), settings.work().resolve("ours-" + run)));
      stock.once(new Stock(settings.stock(), settings.work().resolve("stock-" + run)));
    }
    table.row("archive, Tonekeep", Files.size(settings.distribution()) / 1e6, "MB", "");
    table.row("archive, stock Karaf", Files.size(settings.stock()) / 1e6, "MB", "");
    ours.print("Tonekeep", table);
    stock.print("stock Karaf", table);
  }

  private void once(Karaf karaf) throws IOException {
    cold.add(karaf.start());
    coldWork.add(Processes.cpuSeconds(karaf.pid()));
    stops.add(karaf.stop());
    warm.add(karaf.start());
    warmWork.add(Processes.cpuSeconds(karaf.pid()));
    memory.add(Processes.mebibytes(karaf.pid(), "VmRSS"));
    stops.add(karaf.stop());
    Bench.delete(karaf.work());
  }

  private void print(String who, Table table) {
    table.row("cold start, " + who, Spread.of(cold), "s", work(coldWork));
    table.row("warm start, " + who, Spread.of(warm), "s", work(warmWork));
    table.row("resident memory at ready, " + who, Spread.of(memory), "MiB", "warm start, -Xmx768M");
    table.row("stop after SIGTERM, " + who, Spread.of(stops), "s", "");
  }

  private static String work(List<Double> seconds) {
    return String.format(Locale.ROOT, "processor time %.1f s", Spread.of(seconds).median());
  }
}
