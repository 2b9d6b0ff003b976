package org.tonekeep.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** The operator's console: runs a command line and gives what it printed. */
final class Shell {
  private final SessionFactory sessions;

  Shell(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /**
   * What the command printed.
   *
   * @throws Exception what the command threw: the console prints its message in red
   */
  String run(String line) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out);
    try {
      Object unused = session.execute(line);
    } finally {
      session.close();
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The lines of a list without its frame, each cut into its columns. */
  List<List<String>> list(String line) throws Exception {
    return run(line + " --no-format")
        .lines()
        .filter(row -> !row.isBlank())
        .map(row -> Arrays.stream(row.split("\t", -1)).map(String::strip).toList())
        .toList();
  }
}
