package org.tonekeep.uploads.internal.rest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.uploads.internal.Checksum;
import org.tonekeep.uploads.internal.Upload;

/** The headers of tus 1.0.0. */
final class Tus {
  static final String VERSION = "1.0.0";
  static final String RESUMABLE = "Tus-Resumable";
  static final String EXTENSIONS =
      "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination";

  private static final String BODY = "application/offset+octet-stream";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** IMF-fixdate (RFC 9110, 5.6.7). */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Tus() {}

  /**
   * Refuses other versions of the protocol.
   *
   * @throws ProblemException 412 {@code tus-version}
   */
  static void requireVersion(HttpServletRequest request) {
    if (!VERSION.equals(request.getHeader(RESUMABLE))) {
      throw ProblemException.of(
              412, "tus-version", "Another version", "Say Tus-Resumable: " + VERSION)
          .withHeader("Tus-Version", VERSION);
    }
  }

  /** Whether the request has bytes of the file. */
  static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Refuses bytes that are not said to be a file's.
   *
   * @throws ProblemException 415
   */
  static void requireBody(HttpServletRequest request) {
    String type = request.getContentType();
    String media = type == null ? "" : type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!media.equals(BODY)) {
      throw ProblemException.of(
          415, "unsupported-media-type", "Unsupported media type", "Send " + BODY);
    }
  }

  /**
   * A header that is a number of bytes; null when it is not there.
   *
   * @throws ProblemException 400
   */
  static @Nullable Long number(HttpServletRequest request, String header) {
    String text = request.getHeader(header);
    if (text == null) {
      return null;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw bad(header + " is a number of bytes");
    }
    return Long.valueOf(text);
  }

  /** The length that a new upload announces; null when it is deferred. */
  static @Nullable Long announced(HttpServletRequest request) {
    Long length = number(request, "Upload-Length");
    String defer = request.getHeader("Upload-Defer-Length");
    if ((length == null) == (defer == null) || (defer != null && !defer.equals("1"))) {
      throw bad("Send either Upload-Length or Upload-Defer-Length: 1");
    }
    return length;
  }

  static @Nullable Checksum checksum(HttpServletRequest request) {
    String header = request.getHeader("Upload-Checksum");
    return header == null ? null : Checksum.parse(header);
  }

  static ProblemException bad(String detail) {
    return ProblemException.of(400, "bad-upload-header", "Malformed request", detail);
  }

  /** What every answer about an upload says. */
  static Response.ResponseBuilder about(Response.ResponseBuilder answer, Upload upload) {
    answer.header("Upload-Offset", upload.received()).header("Cache-Control", "no-store");
    answer.header("Upload-Expires", date(upload.expiresAt()));
    if (upload.track() != null) {
      answer.header("Upload-Track", upload.track());
    }
    return answer;
  }

  static String date(Instant instant) {
    return DATE.format(instant);
  }
}
