package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.fs.internal.FsBlobStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.vault.internal.crypt.EncryptedBlobStore;
import org.tonekeep.vault.internal.crypt.WarmUp;

/**
 * What encryption costs over HTTP: {@link ByteFlow} behind one servlet on the distribution's Jetty,
 * over an encrypted and over a plain store, the same file, the same client, in turns. The server is
 * a process of its own, so its processor time is its own.
 */
public final class Doors {
  private static final TenantId TENANT = new TenantId("bench");
  private static final String ID = "01890000-0000-7000-8000-000000000001";
  private static final BlobKey KEY = new BlobKey(TENANT, ID, "original", ID);

  /** Time stands still, so nobody asks for the token's holders. */
  private static final Clock NO_TIME = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final UrlToken TOKEN =
      new UrlToken(
          TENANT,
          "localhost",
          List.of(new Holder(Holder.SESSION, ID, Optional.of(new AccountId(ID)), 0)),
          KEY,
          ID,
          UrlToken.GET_HEAD,
          Disposition.INLINE,
          "",
          Instant.EPOCH,
          Instant.EPOCH,
          "AAAAAAAAAAAAAAAAAAAAAA");
  private static final int LENGTH = 256 << 20;
  private static final int RANGE = 64 << 10;
  private static final int RANGES = 2000;
  private static final int ROUNDS = 5;

  private Doors() {}

  /**
   * @param arguments a folder; and {@code serve} for the server
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    if (arguments.length > 1) {
      serve(folder);
      return;
    }
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512M",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                Doors.class.getName(),
                folder.toString(),
                "serve")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(server.getInputStream(), US_ASCII))) {
      int port = Integer.parseInt(said.readLine());
      compare(port, server.toHandle());
    } finally {
      server.destroy();
    }
  }

  private static void serve(Path folder) throws Exception {
    WarmUp warmUp = new WarmUp();
    TestKeys keys = new TestKeys();
    keys.create(TENANT, ID);
    BlobStore plain = new FsBlobStore(Files.createDirectories(folder).resolve("plain"));
    BlobStore encrypted =
        new EncryptedBlobStore(
            new FsBlobStore(folder.resolve("encrypted")), keys, (key, how) -> {});
    for (BlobStore store : List.of(plain, encrypted)) {
      try (InputStream random = new RandomBytes()) {
        long unused = store.put(KEY, random);
      }
    }
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    add(context, "/plain", plain);
    add(context, "/encrypted", encrypted);
    server.setHandler(context);
    server.start();
    System.out.println(connector.getLocalPort());
    System.out.flush();
    server.join();
    warmUp.stop();
  }

  private static void add(ServletContextHandler context, String path, BlobStore store) {
    ServletHolder holder = new ServletHolder(new Door(store));
    holder.setAsyncSupported(true);
    context.addServlet(holder, path);
  }

  /** The same bytes each time. */
  private static final class RandomBytes extends InputStream {
    private final Random random = new Random(1);
    private int left = LENGTH;

    @Override
    public int read() {
      return left-- > 0 ? random.nextInt(256) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
      int now = Math.min(wanted, left);
      for (int i = 0; i < now; i++) {
        into[offset + i] = (byte) random.nextInt(256);
      }
      left -= now;
      return now == 0 ? -1 : now;
    }
  }

  /** As the byte door, without what it looks up before: {@code ?from=&length=}. */
  private static final class Door extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient BlobStore store;

    Door(BlobStore store) {
      this.store = store;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      long from = Long.parseLong(request.getParameter("from"));
      long length = Long.parseLong(request.getParameter("length"));
      InputStream in = store.read(KEY, from, length);
      response.setContentLengthLong(length);
      AsyncContext async = request.startAsync(request, response);
      async.setTimeout(0);
      var out = response.getOutputStream();
      Right right = new Right(new HolderBoard(), TOKEN, NO_TIME);
      out.setWriteListener(new ByteFlow(async, out, in, length, right, n -> {}));
    }
  }

  private static void compare(int port, ProcessHandle server) throws IOException {
    for (String warm : List.of("plain", "encrypted")) {
      double unused = whole(port, warm);
    }
    List<List<Double>> rates = List.of(new ArrayList<>(), new ArrayList<>());
    List<List<Double>> costs = List.of(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 2; i++) {
        Duration before = cpu(server);
        rates.get(i).add(whole(port, i == 0 ? "plain" : "encrypted"));
        costs.get(i).add(cpu(server).minus(before).toMillis() / (LENGTH / 1e6));
      }
    }
    say("whole file of 256 MiB, plain", median(rates.get(0)), "MB/s");
    say("whole file of 256 MiB, encrypted", median(rates.get(1)), "MB/s");
    say("encrypted of plain, rate", 100 * median(rates.get(1)) / median(rates.get(0)), "%");
    say("server, plain", median(costs.get(0)), "ms of processor time per MB");
    say("server, encrypted", median(costs.get(1)), "ms of processor time per MB");
    for (String door : List.of("plain", "encrypted")) {
      ranges(port, door, server);
    }
  }

  private static Duration cpu(ProcessHandle server) {
    return server.info().totalCpuDuration().orElseThrow();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double whole(int port, String door) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
      long start = System.nanoTime();
      get(socket, in, door, 0, LENGTH);
      return LENGTH * 1e3 / (System.nanoTime() - start);
    }
  }

  private static void ranges(int port, String door, ProcessHandle server) throws IOException {
    Random random = new Random(2);
    long[] nanos = new long[RANGES];
    Duration before = cpu(server);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
      socket.setTcpNoDelay(true);
      for (int i = 0; i < RANGES; i++) {
        long start = System.nanoTime();
        get(socket, in, door, random.nextInt(LENGTH - RANGE), RANGE);
        nanos[i] = System.nanoTime() - start;
      }
    }
    double each = cpu(server).minus(before).toMillis() * 1e3 / RANGES;
    Arrays.sort(nanos);
    say("range of 64 KiB, " + door + ": seen by the client, median", nanos[RANGES / 2] / 1e3, "us");
    say("range of 64 KiB, " + door + ": processor time of the server", each, "us");
  }

  private static void get(Socket socket, InputStream in, String door, long from, long length)
      throws IOException {
    String request =
        "GET /"
            + door
            + "?from="
            + from
            + "&length="
            + length
            + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    int last = 0;
    StringBuilder head = new StringBuilder();
    while (last != 0x0d0a0d0a) {
      int one = in.read();
      if (one < 0) {
        throw new IOException("The server hung up after " + head);
      }
      last = last << 8 | one;
      head.append((char) one);
    }
    if (!head.toString().startsWith("HTTP/1.1 200")) {
      throw new IOException("Answered " + head);
    }
    in.skipNBytes(length);
  }

  private static void say(String what, double figure, String unit) {
    System.out.printf(Locale.ROOT, "  %-60s %9.1f %s%n", what, figure, unit);
  }
}
