package org.tonekeep.testing.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** strace, attached to one thread of the child. Counting begins when it is attached. */
final class Strace {
  /** The calls that change what is stored, or make a change durable. */
  private static final String CALLS =
      "fsync,fdatasync,write,pwrite64,writev,openat,mkdir,link,linkat,rename,renameat,renameat2,unlink,"
          + "unlinkat,rmdir,ftruncate,fallocate,chmod,fchmod,fchmodat";

  private static final Pattern CALL = Pattern.compile("(?m)^(?:\\d+ +)?([a-z0-9]+)\\(");
  private static final String ATTACHED = "attached";
  private static final int PATIENCE_SECONDS = 30;

  private final Process process;
  private final Path record;
  private final Path said;

  private Strace(Process process, Path record, Path said) {
    this.process = process;
    this.record = record;
    this.said = said;
  }

  /** Whether it is there and may watch a child of ours. */
  static boolean works(Path folder) throws IOException, InterruptedException {
    Process sleeping = new ProcessBuilder("sleep", "60").start();
    try {
      Strace strace = attach(String.valueOf(sleeping.pid()), null, folder);
      strace.detach();
      return true;
    } catch (IOException none) {
      return false;
    } finally {
      sleeping.destroyForcibly();
    }
  }

  /**
   * @param point where it interferes; null only watches
   * @throws IOException when it cannot attach
   */
  static Strace attach(String thread, @Nullable Point point, Path folder)
      throws IOException, InterruptedException {
    Path record = folder.resolve("strace.txt");
    Path said = folder.resolve("strace.err");
    List<String> command =
        new ArrayList<>(List.of("strace", "-p", thread, "-o", record.toString()));
    command.addAll(List.of("-s", "0", "-e", "trace=" + CALLS));
    if (point != null) {
      command.addAll(List.of("-e", point.fault().expression(point.call(), point.number())));
    }
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    Strace strace = new Strace(process, record, said);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.readString(said).contains(ATTACHED)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException("strace did not attach: " + Files.readString(said));
      }
      Thread.onSpinWait();
      if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
        throw new IOException("strace ended: " + Files.readString(said));
      }
    }
    return strace;
  }

  /** Ends the watch; the thread goes on. */
  void detach() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("strace does not end: " + Files.readString(said));
    }
  }

  /** How often each call was made. */
  Map<String, Integer> counts() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    Matcher calls = CALL.matcher(Files.readString(record));
    while (calls.find()) {
      int unused = counts.merge(calls.group(1), 1, Integer::sum);
    }
    return counts;
  }

  /** Whether the fault was injected. */
  boolean interfered() throws IOException {
    return Files.readString(record).contains("(INJECTED)");
  }
}
