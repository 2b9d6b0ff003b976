package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Patience;

/** What an operator does with the unpacked distribution, and what it says when that is wrong. */
public class OperatorIT {
  private static Distribution platform;
  private static Path home;
  private static Musician alice;
  private static String track;

  /** A first life: somebody's track, and a proper stop. */
  @BeforeClass
  public static void boot() throws Exception {
    platform = Distribution.unpack();
    home = Files.createDirectories(platform.data().resolveSibling("home"));
    platform.with("HOME", home.toString()).start();
    alice = Musician.at(platform, "demo");
    track = alice.uploaded("Kept", Corpus.bytes("tone.mp3")).path("id").asText();
    alice.awaitReady(track);
  }

  @AfterClass
  public static void close() throws IOException {
    platform.close();
  }

  private static void running() throws Exception {
    if (!platform.isAlive()) {
      platform.start();
    }
  }

  private static void stopped() throws InterruptedException {
    if (platform.isAlive()) {
      platform.terminate();
      assertThat(platform.awaitExit(30)).isIn(0, 143);
    }
  }

  @Test
  public void shouldListenOnThisMachineOnly() throws Exception {
    running();

    Set<String> listening = listening(platform.pid());

    assertThat(listening).as("open ports").isNotEmpty();
    assertThat(listening)
        .allMatch(address -> address.startsWith("7F") || address.equals("0".repeat(31) + "1"));
  }

  /** The local addresses on which a process listens, as hexadecimal digits. */
  private static Set<String> listening(long pid) throws IOException {
    Set<String> sockets = new TreeSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        String target = Files.readSymbolicLink(descriptor).toString();
        if (target.startsWith("socket:[")) {
          sockets.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    Set<String> addresses = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
        String[] column = line.strip().split("\\s+");
        if (column.length > 9 && column[3].equals("0A") && sockets.contains(column[9])) {
          addresses.add(inOrder(column[1].split(":")[0]));
        }
      }
    }
    return addresses;
  }

  /** The kernel writes each four bytes as one little-endian number; v4 in v6 is written as v4. */
  private static String inOrder(String written) {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < written.length(); word += 8) {
      byte[] bytes = HexFormat.of().parseHex(written.substring(word, word + 8));
      for (int i = 3; i >= 0; i--) {
        text.append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
      }
    }
    return text.toString().replaceFirst("^0{20}FFFF", "");
  }

  @Test
  public void shouldWriteWhereTheEnvironmentSaysOnly() throws Exception {
    running();

    assertThat(home).isEmptyDirectory();
    assertThat(platform.data().resolve("db/service.properties")).exists();
    assertThat(platform.data().resolve("tenants/org.tonekeep.tenant~demo.cfg")).exists();
    Path key = platform.keys().resolve("root.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("r--------");
    for (Path mine : List.of(platform.keys(), platform.data().resolve("blobs"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mine)))
          .as(mine.toString())
          .endsWith("------");
    }
  }

  @Test
  public void shouldRefuseAnOldJavaAtOnce() throws Exception {
    stopped();
    Path old = Files.createDirectories(platform.data().resolveSibling("old-java/bin"));
    Path java = old.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));

    assertRefuses(
        platform.with("JAVA_HOME", old.getParent().toString()), "JDK 17", java + "' is 11");
    assertRefuses(platform.with("JAVA_HOME", home.toString()), "JDK 17", "missing");
    platform.with("JAVA_HOME", System.getProperty("java.home"));
  }

  private static void assertRefuses(Distribution distribution, String... words) throws Exception {
    assertThat(distribution.launch("server").awaitExit(20)).isNotZero();
    assertThat(distribution.output()).contains(words);
  }

  @Test
  public void shouldRefuseToStartWithoutTheKeysOfItsData() throws Exception {
    stopped();
    Path away = platform.keys().resolveSibling("keys-away");
    Files.move(platform.keys(), away);
    try {
      assertRefuses(platform, "no key file", platform.keys().toString());
      assertThat(platform.keys()).doesNotExist();
    } finally {
      Files.move(away, platform.keys());
    }
  }

  @Test
  public void shouldSayThatAPortIsTaken() throws Exception {
    stopped();
    try (ServerSocket taken =
        new ServerSocket(platform.port(), 1, InetAddress.getLoopbackAddress())) {
      assertRefuses(platform, taken.getLocalPort() + " is taken", "TONEKEEP_HTTP_PORT");
    }
  }

  @Test
  public void shouldKeepTheLastGoodStateOfABrokenTenantFileAlsoAcrossARestart() throws Exception {
    running();
    Path file = platform.data().resolve("tenants/org.tonekeep.tenant~demo.cfg");
    String good = Files.readString(file);
    try {
      Files.writeString(file, good + "\nupload.maxBytes = plenty\nauth.bcryptCosts = 12\n");
      Patience.until(
          "the mistake is refused with file, key and reason",
          () ->
              refusals(file).stream().anyMatch(line -> line.contains("upload.maxBytes"))
                  && refusals(file).stream().anyMatch(line -> line.contains("auth.bcryptCosts")));
      assertThat(alice.list("")).containsExactly(track);

      stopped();
      running();

      assertThat(alice.list("")).as("the session and the track are there").containsExactly(track);
      assertThat(alice.uploaded("More", Corpus.bytes("tone.opus")).path("id").asText())
          .isNotEmpty();
    } finally {
      Files.writeString(file, good);
    }
  }

  private static List<String> refusals(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : platform.log().lines().toList()) {
      if (line.contains(file.getFileName().toString()) || line.contains("upload.maxBytes")) {
        lines.add(line);
      }
    }
    return lines;
  }

  @Test
  public void shouldObeyTheConsoleAndEndWithItsInput() throws Exception {
    stopped();
    platform.launch("run").awaitReady();
    platform.type("tonekeep:status --no-format\n");
    Patience.until("the command answers", () -> platform.output().contains("database"));
    assertThat(Musician.stranger(platform, "demo").get("/api/tracks").statusCode()).isEqualTo(401);

    platform.endInput();

    assertThat(platform.awaitExit(30)).isZero();
    assertClosedCleanly();
  }

  @Test
  public void shouldEndWhenTheConsoleSaysShutdown() throws Exception {
    stopped();
    platform.launch("run").awaitReady();

    platform.type("shutdown -f\n");

    assertThat(platform.awaitExit(30)).isZero();
    assertClosedCleanly();
  }

  private static void assertClosedCleanly() throws IOException {
    assertThat(platform.data().resolve("db/db.lck")).doesNotExist();
    String log = platform.log();
    assertThat(log.lastIndexOf("The embedded database is closed"))
        .isGreaterThan(log.lastIndexOf("Ready with"));
  }
}
