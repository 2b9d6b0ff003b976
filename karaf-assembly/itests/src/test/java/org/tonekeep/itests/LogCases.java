package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.Test;
import org.slf4j.LoggerFactory;

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
          "PoolBase - HikariPool-", "Derby's driver has no network timeout to validate with",
          "JaxbUtil - Old style feature file", "the test container's own feature file",
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

  @Test
  public void shouldCutOutWhatTellsAPersonAlsoOfExceptions() throws Exception {
    List<String> telling =
        List.of(
            "anna.berg@mail.example.org",
            "203.0.113.213",
            "2001:db8:ca17:a1e5::d00d",
            "2001:db8:ca17:a1e5:0:0:0:d00d",
            "Bearer canary-token-4711",
            "Cookie: session=canary-cookie-4711",
            "/signin#token=canary-link-4711",
            "tk_canary_4711",
            "/b/canary-blob-4711?sig=canary-4711");
    String all = String.join(" and ", telling);
    IllegalStateException thrown =
        new IllegalStateException("outer " + all, new IOException("inner (" + all + ")"));
    LoggerFactory.getLogger("LogCases").info("begin {} end at 127.0.0.1 07:11:40", all, thrown);

    Path log = Path.of(System.getProperty("karaf.log"), "tonekeep.log");
    Patience.until("it is written", () -> Files.readString(log).contains("inner ("));
    String text = Files.readString(log);
    for (String secret : telling) {
      assertFalse(secret, text.contains(secret));
    }
    assertFalse("canary", text.contains("canary-"));
    assertTrue("the rest stays", text.contains("end at 127.0.0.1 07:11:40"));
    assertTrue("the stack stays", text.contains("java.io.IOException: inner ("));
  }
}
