package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.vault.internal.TestVault.ALICE;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;

/** Many, slow and vanishing clients. */
public final class ByteFlowTest {
  private static final int READERS = 50;
  private static final int SIZE = 24 << 20;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong given = new AtomicLong();
  private TestVault site;
  private DoorServer server;
  private Blob blob;
  private String path;

  @Before
  public void open() throws Exception {
    site = new TestVault(TestDatabase.Engine.DERBY);
    site.add("memory", new CountingStore(site.memory));
    server = new DoorServer(site.door());
    blob = site.recorded(ALICE, MadeAudio.wav(SIZE - 44));
    path = site.sign(ALICE, blob, Disposition.INLINE, "a.wav").path();
  }

  @After
  public void close() throws Exception {
    server.stop();
    site.close();
  }

  private Socket slowReader() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 << 10);
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                .getBytes(US_ASCII));
    assertThat(socket.getInputStream().readNBytes(15))
        .isEqualTo("HTTP/1.1 200 OK".getBytes(US_ASCII));
    return socket;
  }

  @Test
  public void shouldServeManyReadersAtOnceOnFewThreads() throws Exception {
    List<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayList<>();
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(path)).timeout(Duration.ofSeconds(60)).build();
    for (int i = 0; i < READERS; i++) {
      answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()));
    }
    // All have their headers while nobody has read a body: no stream waits for another's end.
    for (CompletableFuture<HttpResponse<InputStream>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    assertThat(open.get()).isGreaterThan(DoorServer.THREADS);
    for (CompletableFuture<HttpResponse<InputStream>> answer : answers) {
      assertThat(sha256(answer.get().body())).isEqualTo(blob.sha256());
    }
    await().untilAsserted(() -> assertThat(open).hasValue(0));
  }

  private static String sha256(InputStream body) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[1 << 16];
    try (body) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return TenantVault.hex(digest.digest());
  }

  @Test
  public void shouldHoldNeitherBytesNorThreadsForSlowReaders() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * DoorServer.THREADS; i++) {
        slow.add(slowReader());
      }
      // The database's pool is smaller than the crowd, too, and the quick one is served.
      HttpResponse<InputStream> quick =
          client.send(
              HttpRequest.newBuilder(server.uri(path)).timeout(Duration.ofSeconds(30)).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(sha256(quick.body())).isEqualTo(blob.sha256());
      // What the slow ones took from the store is socket buffers, not their files.
      assertThat(given.get() - SIZE).isLessThan((long) slow.size() * (SIZE / 2));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    await().untilAsserted(() -> assertThat(open).hasValue(0));
  }

  @Test
  public void shouldReadASlowReadersFileToItsEnd() throws Exception {
    try (Socket socket = slowReader()) {
      InputStream in = socket.getInputStream();
      String rest = "";
      while (!rest.endsWith("\r\n\r\n")) {
        rest += (char) in.read();
      }
      byte[] few = new byte[1000];
      long read = 0;
      for (int n = in.read(few); n >= 0; n = in.read(few)) {
        read += n;
      }
      assertThat(read).isEqualTo(SIZE);
    }
  }

  @Test
  public void shouldCloseTheStreamOfAReaderWhoGoesAway() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (Socket socket = slowReader()) {
        assertThat(open.get()).isPositive();
        // A reset instead of a polite end.
        socket.setSoLinger(true, 0);
      }
    }
    await().untilAsserted(() -> assertThat(open).hasValue(0));
    await().untilAsserted(() -> assertThat(server.connections()).isZero());
  }

  @Test
  public void shouldBreakTheConnectionWhenTheStoreFailsInTheMiddle() throws Exception {
    site.add("memory", new CountingStore(site.memory, SIZE / 2));
    try (Socket socket = slowReader()) {
      assertThat(readToTheEndOrABreak(socket.getInputStream())).isLessThan(SIZE);
    }
    await().untilAsserted(() -> assertThat(open).hasValue(0));
  }

  private static long readToTheEndOrABreak(InputStream in) {
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

  /** Counts open streams and bytes, and may fail on the way. */
  private final class CountingStore implements BlobStore {
    private final BlobStore store;
    private final long failsAt;

    CountingStore(BlobStore store) {
      this(store, Long.MAX_VALUE);
    }

    CountingStore(BlobStore store, long failsAt) {
      this.store = store;
      this.failsAt = failsAt;
    }

    @Override
    public long put(BlobKey key, InputStream source) throws IOException {
      return store.put(key, source);
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key) throws IOException {
      return store.stat(key);
    }

    @Override
    public InputStream read(BlobKey key, long offset, long length) throws IOException {
      InputStream in = store.read(key, offset, length);
      open.incrementAndGet();
      return new FilterInputStream(in) {
        private long position = offset;
        private boolean closed;

        @Override
        public int read(byte[] into, int at, int wanted) throws IOException {
          if (position >= failsAt) {
            throw new IOException("The disk broke");
          }
          int now = super.read(into, at, wanted);
          position += Math.max(0, now);
          given.addAndGet(Math.max(0, now));
          return now;
        }

        @Override
        public void close() throws IOException {
          if (!closed) {
            closed = true;
            open.decrementAndGet();
          }
          super.close();
        }
      };
    }

    @Override
    public boolean delete(BlobKey key) throws IOException {
      return store.delete(key);
    }

    @Override
    public List<BlobStat> list(TenantId tenant, String owner, String after, int limit)
        throws IOException {
      return store.list(tenant, owner, after, limit);
    }
  }
}
