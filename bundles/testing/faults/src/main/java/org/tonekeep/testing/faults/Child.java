package org.tonekeep.testing.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The {@link Victim} from outside. */
final class Child implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;
  private static final String GONE = "gone";

  private final Path folder;
  private final Process process;
  private final PrintStream commands;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  Child(Path folder) throws IOException {
    this.folder = folder;
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-Dderby.stream.error.file=" + folder.resolve("derby.log"),
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            folder.toString());
    this.process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("child.err").toFile()))
            .start();
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "child");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      System.err.println("The child's voice broke: " + e);
    }
    lines.add(GONE);
  }

  /** The lines that answer a command, to the one that begins with the last word or to its death. */
  List<String> ask(String command, String last) throws IOException, InterruptedException {
    commands.println(command);
    List<String> answer = new ArrayList<>();
    while (true) {
      String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new IOException(
            "The child does not answer to "
                + command
                + ": "
                + answer
                + Files.readString(folder.resolve("child.err")));
      }
      answer.add(line);
      if (line.startsWith(last) || line.equals(GONE)) {
        return answer;
      }
    }
  }

  /** As {@link #ask} where it must not die. */
  List<String> need(String command, String last) throws IOException, InterruptedException {
    List<String> answer = ask(command, last);
    if (isGone(answer)) {
      throw new IOException(
          "The child died of " + command + ": " + Files.readString(folder.resolve("child.err")));
    }
    return answer;
  }

  static boolean isGone(List<String> answer) {
    return answer.get(answer.size() - 1).equals(GONE);
  }

  /** The thread that works. */
  String thread() throws IOException, InterruptedException {
    return need("thread", "thread ").get(0).substring("thread ".length());
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      int unused = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
