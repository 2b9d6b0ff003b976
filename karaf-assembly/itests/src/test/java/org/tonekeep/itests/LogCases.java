package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.Test;

/** The last of the suite: what the log holds after all that the others did. */
public class LogCases extends InContainer {
  private static final Pattern BAD = Pattern.compile("^\\S+Z (ERROR|WARN ).*");

  /** Lines that may stand there, with the reason. */
  private static final Map<String, String> ALLOWED =
      Map.of(
          "TenantRegistry - Tenant site", "the cases with mistakes in a tenant's file",
          "TenantRegistry - Tenant acme is suspended", "the console removed it",
          "RestPublisher - 1 requests of /api/tracks did not end", "the upload that is held back",
          "marked as broken because of SQLSTATE(08000)", "Derby was stopped under a request",
          "ThreadTx - A transaction could not be rolled back", "Derby was stopped under a request",
          "ThreadTx - A connection could not be given back", "Derby was stopped under a request");

  @Test
  public void shouldHoldNoErrorOrWarningThatNobodyExpected() throws Exception {
    Path log = Path.of(System.getProperty("karaf.log"), "tonekeep.log");
    List<String> lines = Files.readAllLines(log);
    assertFalse("The log is empty", lines.isEmpty());
    List<String> unexpected =
        lines.stream()
            .filter(line -> BAD.matcher(line).matches())
            .filter(line -> ALLOWED.keySet().stream().noneMatch(line::contains))
            .toList();
    assertEquals(String.join("\n", unexpected), 0, unexpected.size());
  }
}
