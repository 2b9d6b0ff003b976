package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.vault.internal.TestVault.ALICE;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.LiveHolders;
import org.tonekeep.identity.api.Role;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.api.SignedUrls.Offer;
import org.tonekeep.testing.kit.TestDatabase;

/** Who may read, how an address is spelled, and what is written down, on a real server. */
public final class DoorRightTest {
  private static final int SIZE = 9_000_044;
  private TestVault site;
  private DoorServer server;
  private byte[] bytes;
  private Blob blob;
  private String path;

  @Before
  public void open() throws Exception {
    site = new TestVault(TestDatabase.Engine.DERBY);
    server = new DoorServer(site.door());
    bytes = MadeAudio.wav(SIZE - 44);
    byte[] noise = new byte[SIZE - 44];
    new Random(2).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, 44, noise.length);
    blob = site.recorded(ALICE, bytes);
    path = site.sign(ALICE, blob, Disposition.INLINE, "a.wav").path();
  }

  @After
  public void close() throws Exception {
    server.stop();
    site.close();
  }

  private static final class Answer {
    private final int status;
    private final String head;
    private final byte[] body;

    Answer(int status, String head, byte[] body) {
      this.status = status;
      this.head = head;
      this.body = body;
    }

    int status() {
      return status;
    }

    String head() {
      return head;
    }

    byte[] body() {
      return body;
    }

    String text() {
      return new String(body, UTF_8);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** As it stands: no client of ours tidies the request. */
  private Answer raw(String method, String target, String... headers) throws IOException {
    try (Socket socket = connect()) {
      String request = method + " " + target + " HTTP/1.1\r\nConnection: close\r\n";
      boolean host = Arrays.stream(headers).anyMatch(h -> h.startsWith("Host:"));
      String more = String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList());
      socket
          .getOutputStream()
          .write((request + (host ? "" : "Host: 127.0.0.1\r\n") + more + "\r\n").getBytes(UTF_8));
      byte[] all = socket.getInputStream().readAllBytes();
      int end = new String(all, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
      String head = new String(all, 0, Math.max(0, end), US_ASCII);
      int status = head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
      return new Answer(status, head, Arrays.copyOfRange(all, end + 4, all.length));
    }
  }

  private Answer range(String range) throws IOException {
    return raw("GET", path, "Range: " + range);
  }

  @Test
  public void shouldStopARangePlayerAtItsNextRequestWhenItsHolderEnds() throws Exception {
    assertThat(range("bytes=0-99").status()).isEqualTo(206);
    site.sessions.dead.add("session-1");
    for (String each : new String[] {"bytes=100-199", "bytes=0-", "bytes=-1", "rubbish"}) {
      Answer refused = range(each);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).isEqualTo("url-revoked");
    }
    assertThat(raw("HEAD", path).status()).isEqualTo(403);
    site.sessions.dead.clear();
    assertThat(range("bytes=100-199").status()).isEqualTo(206);
  }

  @Test
  public void shouldServeNothingWhileNobodyKnowsTheKindOfItsHolder() throws Exception {
    site.holders.removeKind(site.sessions, java.util.Map.of(LiveHolders.KIND, Holder.SESSION));
    assertThat(range("bytes=0-99").status()).isEqualTo(403);
  }

  @Test
  public void shouldServeNothingOnceOneOfSeveralHoldersEnds() throws Exception {
    site.holders.addKind(site.sessions, java.util.Map.of(LiveHolders.KIND, "grant"));
    Holder session = Holder.of(TestVault.caller(ALICE));
    Holder grant = new Holder("grant", "g-1", session.account(), 1);
    Offer offer = new Offer(blob, TestVault.TRACK, Disposition.INLINE, "a");
    path = site.urls.sign(ALICE, List.of(session, grant), DoorServer.HOST, offer).path();
    assertThat(range("bytes=0-99").status()).isEqualTo(206);
    for (String each : new String[] {"session-1", "g-1"}) {
      site.sessions.dead.add(each);
      assertThat(range("bytes=0-99").status()).isEqualTo(403);
      site.sessions.dead.clear();
    }
  }

  @Test
  public void shouldCutARunningStreamWhoseHolderEnded() throws Exception {
    try (Socket socket = connect()) {
      socket.setReceiveBufferSize(16 << 10);
      socket
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(100)).hasSize(100);
      site.sessions.dead.add("session-1");
      site.clock.advance(Right.EVERY);
      assertThat(toTheEndOrABreak(in)).isLessThan(SIZE);
    }
    await().untilAsserted(() -> assertThat(server.connections()).isZero());
  }

  private static long toTheEndOrABreak(InputStream in) {
    byte[] buffer = new byte[1 << 16];
    long read = 0;
    while (true) {
      try {
        int n = in.read(buffer);
        if (n < 0) {
          return read;
        }
        read += n;
      } catch (IOException reset) {
        return read;
      }
    }
  }

  @Test
  public void shouldRefuseAKnownPersonSomebodyElsesAddress() throws Exception {
    server.caller = Optional.of(TestVault.caller(ALICE));
    assertThat(range("bytes=0-0").status()).isEqualTo(206);
    AccountId other = new AccountId(TestVault.OTHER);
    server.caller = Optional.of(new Caller(ALICE, other, Set.of(Role.STAFF), "s"));
    Answer refused = range("bytes=0-0");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).isEqualTo("url-invalid");
  }

  @Test
  public void shouldRefuseAnAddressAtAnotherHost() throws Exception {
    for (String host : new String[] {"other.example", "127.0.0.2", "localhost", "x.127.0.0.1"}) {
      assertThat(raw("GET", path, "Host: " + host).status()).isEqualTo(403);
    }
    assertThat(raw("GET", path, "Host: 127.0.0.1:1").status()).isEqualTo(200);
  }

  @Test
  public void shouldKnowOneSpellingOfAnAddressOnly() throws Exception {
    String escaped = "/b/%76" + path.substring(4);
    String[] others = {
      path + "?",
      path + "?a=1",
      path + "?a=1&a=2",
      path + "?token=x",
      path + "?download",
      path + ";jsessionid=1",
      path + ";",
      path + "%20",
      path + "%00",
      path + "%0d%0a",
      path + "/",
      path + "/.",
      path + "/../x",
      path + "%2e",
      path + "%2F",
      escaped,
      "/%62" + path.substring(2),
      path.replaceFirst("\\.", "%2e"),
      path.replaceFirst("\\.", "%2E"),
      path.replaceFirst("\\.", "%252e"),
      path.replaceFirst("\\.", "\uff0e"),
      "/b" + path,
      path + "%c0%ae",
      path + "\u200b",
      path.toUpperCase(java.util.Locale.ROOT)
    };
    for (String other : others) {
      Answer refused = raw("GET", other, "Range: bytes=0-0");
      assertThat(refused.status()).as(other).isIn(400, 403, 404);
      assertThat(refused.body().length).as(other).isLessThan(400);
    }
    assertThat(raw("GET", path, "Range: bytes=0-0").status()).isEqualTo(206);
    assertThat(raw("GET", path + "#x", "Range: bytes=0-0").status()).isIn(206, 400, 403);
    assertThat(site.audit.actions(ALICE)).containsOnly("blob.read");
  }

  @Test
  public void shouldDoWhatTheMethodSaysWhateverAHeaderSays() throws Exception {
    for (String name : new String[] {"X-HTTP-Method-Override", "X-Method-Override"}) {
      assertThat(raw("POST", path, name + ": GET").status()).isEqualTo(405);
      assertThat(raw("HEAD", path, name + ": GET").body()).isEmpty();
    }
    assertThat(raw("get", path).status()).isIn(400, 405);
  }

  @Test
  public void shouldAnswerAnyRangeWithExactlyItsBytesTheWholeOrARefusal() throws Exception {
    List<String> odd =
        new ArrayList<>(
            List.of(
                "bytes=0-0,0-0",
                "bytes=-1,-1",
                "bytes=0-," + "0-,".repeat(1000) + "0-",
                "bytes=--1",
                "bytes=-0",
                "bytes=-99999999999999999999",
                "bytes=99999999999999999999-",
                "bytes=1-0",
                "bytes=+1-2",
                "bytes=0x1-2",
                "bytes= 1 - 2",
                "bytes=1-2;q=1",
                "BYTES=1-2",
                "bytes",
                "bytes=",
                "bytes=-",
                "=0-1",
                "octets=0-1",
                "bytes=\u0661-2",
                "bytes=0-18446744073709551615",
                "bytes=9223372036854775807-9223372036854775807"));
    Random random = new Random(6);
    for (int i = 0; i < 120; i++) {
      String alphabet = "0123456789-,= bytes+";
      StringBuilder text = new StringBuilder("bytes=");
      for (int k = random.nextInt(12); k > 0; k--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      odd.add(text.toString());
      long first = random.nextInt(SIZE + 1000);
      odd.add("bytes=" + first + "-" + (first + random.nextInt(5000) - 20));
      odd.add("bytes=-" + random.nextInt(5000));
    }
    for (String range : odd) {
      Answer answer = range(range);
      assertThat(answer.status()).as(range).isIn(200, 206, 416, 400, 431);
      if (answer.status() == 206) {
        String content = answer.head().replaceAll("(?s).*Content-Range: bytes ([^\r]*).*", "$1");
        String[] numbers = content.split("[-/]", -1);
        int first = Integer.parseInt(numbers[0]);
        int last = Integer.parseInt(numbers[1]);
        assertThat(numbers[2]).isEqualTo(Integer.toString(SIZE));
        assertThat(Arrays.equals(answer.body(), Arrays.copyOfRange(bytes, first, last + 1)))
            .as(range)
            .isTrue();
      } else if (answer.status() == 200) {
        assertThat(Arrays.equals(answer.body(), bytes)).as(range).isTrue();
      }
    }
  }

  @Test
  public void shouldWriteDownWhoWasRefusedAndWhy() throws Exception {
    assertThat(raw("GET", path + "A").status()).isEqualTo(403);
    AuditEntry forged = site.audit.kept().get(0).entry();
    assertThat(forged.action()).isEqualTo("blob.read");
    assertThat(forged.success()).isFalse();
    assertThat(forged.owner()).isEmpty();
    assertThat(forged.peer()).isEqualTo("tag-1");
    assertThat(forged.facts()).containsExactly(java.util.Map.entry("why", "url-invalid"));
    site.sessions.dead.add("session-1");
    assertThat(raw("GET", path).status()).isEqualTo(403);
    site.clock.advance(Duration.ofMinutes(5));
    assertThat(raw("GET", path).status()).isEqualTo(403);
    for (int i = 1; i <= 2; i++) {
      AuditEntry known = site.audit.kept().get(i).entry();
      assertThat(known.owner()).contains(new AccountId(TestVault.OWNER));
      assertThat(known.subject()).isEqualTo(TestVault.TRACK);
      assertThat(known.facts()).containsEntry("why", i == 1 ? "url-revoked" : "url-expired");
    }
  }

  @Test
  public void shouldWriteOneAccessForAllRequestsOfAnAddress() throws Exception {
    String second = site.sign(ALICE, blob, Disposition.INLINE, "a.wav").path();
    assertThat(range("bytes=0-99").status()).isEqualTo(206);
    assertThat(range("bytes=100-299").status()).isEqualTo(206);
    assertThat(range("bytes=" + SIZE + "-").status()).isEqualTo(416);
    assertThat(raw("HEAD", path).status()).isEqualTo(200);
    assertThat(raw("GET", second, "Range: bytes=0-9").status()).isEqualTo(206);
    assertThat(site.audit.actions(ALICE)).containsExactly("blob.read", "blob.read");
    assertThat(site.audit.kept().get(0).entry().peer()).isEqualTo("tag-1");
    await().untilAsserted(() -> assertThat(server.connections()).isZero());
    site.accesses.write();
    site.clock.advance(Duration.ofMinutes(6));
    site.accesses.close();
    List<java.util.Map<String, String>> ends =
        site.audit.kept().stream()
            .map(kept -> kept.entry())
            .filter(entry -> entry.action().equals("blob.read-end"))
            .map(entry -> entry.facts())
            .toList();
    assertThat(ends).hasSize(2);
    assertThat(ends)
        .anySatisfy(
            facts -> assertThat(facts).containsEntry("requests", "4").containsEntry("bytes", "300"))
        .anySatisfy(
            facts -> assertThat(facts).containsEntry("requests", "1").containsEntry("bytes", "10"));
  }
}
