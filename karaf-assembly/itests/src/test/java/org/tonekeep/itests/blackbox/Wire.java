package org.tonekeep.itests.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** Requests that no well-behaved client would send, byte by byte. */
final class Wire {
  private Wire() {}

  /** What came back; status 0 when the connection was only closed. */
  record Answer(int status, String head, String body) {
    /** A header's value, empty when there is none. */
    String header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** Sends a request line and headers as they are, without a body. */
  static Answer get(Distribution platform, String target, String... headers) throws IOException {
    return send(platform, "GET " + target + " HTTP/1.1", "", headers);
  }

  static Answer send(Distribution platform, String line, String body, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder(line + "\r\n");
    boolean host = false;
    for (String header : headers) {
      request.append(header).append("\r\n");
      host |= header.regionMatches(true, 0, "host", 0, 4);
    }
    if (!host) {
      request.append("Host: 127.0.0.1:").append(platform.port()).append("\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
    }
    request.append("Connection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.toString().getBytes(UTF_8));
      out.flush();
      return read(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    } catch (java.net.SocketException e) {
      return new Answer(0, "", ""); // refused in the middle
    }
  }

  private static Answer read(String text) {
    int end = text.indexOf("\r\n\r\n");
    return text.matches("(?s)HTTP/1.1 [0-9]{3}.*") && end > 0
        ? new Answer(
            Integer.parseInt(text.substring(9, 12)),
            text.substring(0, end),
            text.substring(end + 4))
        : new Answer(0, "", text);
  }
}
