package org.tonekeep.jetty.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Writes a problem document (RFC 9457) where Jetty would write a page: for requests that it cannot
 * read, and while no servlet is there. Named in {@code jetty.xml}.
 */
public final class ProblemErrorHandler extends ErrorHandler {
  private static final Map<String, String> HEADERS =
      new TreeMap<>(
          Map.of(
              "Cache-Control", "private, no-store",
              "Content-Security-Policy",
                  "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
              "Content-Type", "application/problem+json",
              "Cross-Origin-Opener-Policy", "same-origin",
              "Cross-Origin-Resource-Policy", "same-origin",
              "Referrer-Policy", "no-referrer",
              "X-Content-Type-Options", "nosniff",
              "X-Frame-Options", "DENY"));

  /** A request that could not be read: only fields and bytes of an answer are there. */
  @Override
  public ByteBuffer badMessageError(int status, @Nullable String reason, HttpFields fields) {
    HEADERS.forEach(fields::put);
    return ByteBuffer.wrap(document(status));
  }

  @Override
  public void doError(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    base.setHandled(true);
    HEADERS.forEach(response::setHeader);
    if (response.getStatus() == HttpStatus.NOT_FOUND_404) {
      awaitServlet(request, response);
    }
    byte[] document = document(response.getStatus());
    response.setContentLength(document.length);
    response.getOutputStream().write(document);
  }

  /** Also for methods that Jetty writes no pages for. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  /**
   * Ours is at {@code /*} and answers for itself: while it is not there, the platform starts or
   * stops. A tus client that asks how far its upload is takes anything but 423 for the end of it.
   */
  private static void awaitServlet(HttpServletRequest request, HttpServletResponse response) {
    boolean resumes =
        request.getMethod().equals("HEAD") && request.getHeader("Tus-Resumable") != null;
    response.setStatus(resumes ? HttpStatus.LOCKED_423 : HttpStatus.SERVICE_UNAVAILABLE_503);
    response.setHeader("Retry-After", "2");
  }

  /** Only what the status says: the request's own words are not trusted and the cause is ours. */
  private static byte[] document(int status) {
    return ("{\"type\":\"urn:tonekeep:problem:http-%1$d\",\"title\":\"%2$s\",\"status\":%1$d,"
            + "\"detail\":\"%3$s\"}")
        .formatted(
            status,
            HttpStatus.getMessage(status),
            status < HttpStatus.INTERNAL_SERVER_ERROR_500
                ? "The request could not be read"
                : "The server cannot answer this")
        .getBytes(UTF_8);
  }
}
