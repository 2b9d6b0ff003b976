package org.tonekeep.rest.internal;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.ProblemException;

/** Bytes with a media type and a strong ETag; asked again, they are sent only when they changed. */
final class StaticFile {
  private static final int TAG_BYTES = 16;

  private final String mediaType;
  private final byte[] bytes;
  private final String tag;

  private StaticFile(String mediaType, byte[] bytes, String tag) {
    this.mediaType = mediaType;
    this.bytes = bytes;
    this.tag = tag;
  }

  static StaticFile of(String mediaType, byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      String hex = HexFormat.of().formatHex(Arrays.copyOf(hash, TAG_BYTES));
      return new StaticFile(mediaType, bytes, "\"" + hex + "\"");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /**
   * @throws ProblemException 405 unless it is asked for by GET or HEAD
   */
  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      throw ProblemException.of(405, "method-not-allowed", "Method not allowed", "Only read this")
          .withHeader("Allow", "GET, HEAD");
    }
    response.setHeader("Cache-Control", "private, no-cache");
    response.setHeader("ETag", tag);
    if (known(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(mediaType);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private boolean known(@Nullable String tags) {
    return tags != null
        && Arrays.stream(tags.split(","))
            .map(String::strip)
            .anyMatch(t -> t.equals("*") || t.equals(tag) || t.equals("W/" + tag));
  }
}
