package org.tonekeep.storage.s3.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A bad network before a good server: what happens to each request is the test's choice. */
final class FaultProxy implements AutoCloseable {
  /** What happens to a request. */
  enum Fault {
    NONE,
    /** 503 and Retry-After; the server never hears of it. */
    SLOW_DOWN,
    /** 500; the server never hears of it. */
    ERROR,
    /** The server does it, and 500 is the answer. */
    DONE_BUT_ERROR,
    /** The server does it, and the connection is reset in place of an answer. */
    LOST,
    /** Nothing happens at all. */
    STALL,
    /** Reset in the middle of the request's body. */
    CUT_UPLOAD,
    /** Reset in the middle of the answer. */
    CUT_ANSWER,
    /** The answer ends in the middle, politely. */
    SHORT_ANSWER,
    /** The answer comes twice: the second one meets the next question. */
    TWICE
  }

  private static final int STALL_SECONDS = 60;

  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger faults = new AtomicInteger();

  private final ServerSocket listener;
  private final int upstream;
  private final Function<String, Fault> choice;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param choice for the first line of each request
   */
  FaultProxy(int upstream, Function<String, Fault> choice) throws IOException {
    this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.upstream = upstream;
    this.choice = choice;
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException over) {
      closed.countDown();
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      InputStream asked = new BufferedInputStream(client.getInputStream());
      InputStream answered = new BufferedInputStream(server.getInputStream());
      boolean open = true;
      while (open) {
        String head = head(asked);
        requests.incrementAndGet();
        Fault fault = choice.apply(head.substring(0, head.indexOf('\r')));
        faults.addAndGet(fault == Fault.NONE ? 0 : 1);
        open = exchange(fault, head, asked, client, server.getOutputStream(), answered);
      }
    } catch (IOException over) {
      // Either side went away; the client notices by itself.
      requests.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One question and what becomes of it; whether there may be another. */
  private boolean exchange(
      Fault fault,
      String head,
      InputStream asked,
      Socket client,
      OutputStream server,
      InputStream answered)
      throws IOException, InterruptedException {
    OutputStream out = client.getOutputStream();
    long length = length(head);
    if (fault == Fault.STALL) {
      var unused = closed.await(STALL_SECONDS, TimeUnit.SECONDS);
      return false;
    }
    if (fault == Fault.CUT_UPLOAD) {
      asked.skipNBytes(length / 2);
      return reset(client);
    }
    byte[] body = asked.readNBytes((int) length);
    if (fault == Fault.SLOW_DOWN || fault == Fault.ERROR) {
      return error(out, fault == Fault.ERROR ? "500 Oops" : "503 Slow Down\r\nRetry-After: 0");
    }
    server.write(head.getBytes(ISO_8859_1));
    server.write(body);
    server.flush();
    byte[] answer = answer(answered, head.startsWith("HEAD"));
    return switch (fault) {
      case DONE_BUT_ERROR -> error(out, "500 Oops");
      case LOST -> reset(client);
      case CUT_ANSWER -> {
        out.write(answer, 0, answer.length / 2);
        yield reset(client);
      }
      case SHORT_ANSWER -> {
        out.write(answer, 0, Math.max(1, answer.length - 1 - answer.length / 4));
        yield false;
      }
      case TWICE -> {
        out.write(answer);
        out.write(answer);
        yield true;
      }
      default -> {
        out.write(answer);
        yield true;
      }
    };
  }

  private static boolean reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    return false;
  }

  private static boolean error(OutputStream out, String words) throws IOException {
    out.write(("HTTP/1.1 " + words + "\r\nContent-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
    return true;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        throw new IOException("The other side is gone");
      }
      head.append((char) one);
    }
    return head.toString();
  }

  private static long length(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length:"))
        .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private static byte[] answer(InputStream in, boolean headOnly) throws IOException {
    String head = head(in);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(ISO_8859_1));
    if (headOnly || head.startsWith("HTTP/1.1 204") || head.startsWith("HTTP/1.1 304")) {
      return all.toByteArray();
    }
    if (!head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
      all.writeBytes(in.readNBytes((int) length(head)));
      return all.toByteArray();
    }
    int size;
    do {
      String line = line(in);
      size = Integer.parseInt(line.strip(), 16);
      all.writeBytes(line.getBytes(ISO_8859_1));
      all.writeBytes(in.readNBytes(size + 2));
    } while (size > 0);
    return all.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.indexOf("\r\n") < 0) {
      line.append((char) in.read());
    }
    return line.toString();
  }
}
