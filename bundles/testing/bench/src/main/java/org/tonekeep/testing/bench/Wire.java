package org.tonekeep.testing.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One kept connection to a server on this machine that costs next to nothing, so that what is
 * measured on a small machine is the server and not its client.
 */
final class Wire implements AutoCloseable {
  private static final int TIMEOUT = 60_000;
  private static final int BUFFER = 128 << 10;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;

  Wire(int port) throws IOException {
    this(port, 0);
  }

  /**
   * @param window the most bytes that the kernel takes for us before we read; 0 leaves it alone
   */
  Wire(int port, int window) throws IOException {
    if (window > 0) {
      socket.setReceiveBufferSize(window);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT);
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT);
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * An answer whose body was read.
   *
   * @param length of the body in bytes
   */
  record Answer(int status, long length) {}

  /** The begin of an answer; a length of -1 means chunks. */
  private record Head(int status, long length) {}

  /**
   * @param headers lines that end with CR LF, or empty
   */
  Answer get(String path, String headers) throws IOException {
    request("GET", path, headers);
    return finish(head(), null);
  }

  /** The body of a page. */
  String text(String path) throws IOException {
    StringBuilder text = new StringBuilder();
    request("GET", path, "");
    finish(head(), text);
    return text.toString();
  }

  /** Begins to read a body; {@link #some} gives its bytes. */
  int begin(String path, String headers) throws IOException {
    request("GET", path, headers);
    return head().status();
  }

  /** Reads a part of the body into nowhere. */
  void some(int bytes) throws IOException {
    drain(bytes, null);
  }

  /** Sends a body of known length. */
  Answer post(String path, String headers, long length, InputStream body) throws IOException {
    request("POST", path, headers + "Content-Length: " + length + "\r\n");
    byte[] piece = new byte[BUFFER];
    long rest = length;
    while (rest > 0) {
      int read = body.read(piece, 0, (int) Math.min(piece.length, rest));
      if (read < 0) {
        throw new EOFException("The body is shorter than its length");
      }
      out.write(piece, 0, read);
      rest -= read;
    }
    return finish(head(), null);
  }

  private void request(String method, String path, String headers) throws IOException {
    String text = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Head head() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    long length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        length = -1;
      }
    }
    return new Head(status, length);
  }

  private Answer finish(Head head, @Nullable StringBuilder text) throws IOException {
    if (head.length() >= 0) {
      drain(head.length(), text);
      return new Answer(head.status(), head.length());
    }
    long length = 0;
    for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
      drain(chunk, text);
      length += chunk;
      line();
    }
    line();
    return new Answer(head.status(), length);
  }

  private long chunk() throws IOException {
    return Long.parseLong(line().split(";", 2)[0].strip(), 16);
  }

  private void drain(long bytes, @Nullable StringBuilder text) throws IOException {
    long rest = bytes;
    while (rest > 0) {
      if (from == to) {
        fill();
      }
      int part = (int) Math.min(to - from, rest);
      if (text != null) {
        text.append(new String(buffer, from, part, StandardCharsets.ISO_8859_1));
      }
      from += part;
      rest -= part;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (from == to) {
        fill();
      }
      byte next = buffer[from++];
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
  }

  private void fill() throws IOException {
    from = 0;
    to = in.read(buffer);
    if (to < 0) {
      to = 0;
      throw new EOFException("The server closed the connection");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
