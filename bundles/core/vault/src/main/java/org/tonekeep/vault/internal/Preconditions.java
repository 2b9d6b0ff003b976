package org.tonekeep.vault.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.servlet.http.HttpServletRequest;

/** Conditional requests (RFC 9110 section 13) for bytes that never change. */
final class Preconditions {
  private final HttpServletRequest request;
  private final String etag;
  private final Instant modified;

  /**
   * @param etag strong, with its quotes
   */
  Preconditions(HttpServletRequest request, String etag, Instant modified) {
    this.request = request;
    this.etag = etag;
    this.modified = modified.truncatedTo(ChronoUnit.SECONDS);
  }

  /** {@code If-Match} or {@code If-Unmodified-Since} does not hold. */
  boolean failed() {
    List<String> tags = tags("If-Match");
    if (!tags.isEmpty()) {
      return !tags.contains("*") && !tags.contains(etag);
    }
    Instant since = date("If-Unmodified-Since");
    return !since.equals(Instant.MIN) && modified.isAfter(since);
  }

  /**
   * {@code If-None-Match} names what we have, or nothing changed since {@code If-Modified-Since}.
   */
  boolean notModified() {
    List<String> tags = tags("If-None-Match");
    if (!tags.isEmpty()) {
      return tags.contains("*") || tags.contains(etag) || tags.contains("W/" + etag);
    }
    Instant since = date("If-Modified-Since");
    return !since.equals(Instant.MIN) && !modified.isAfter(since);
  }

  /** Whether the range may be served: {@code If-Range} is absent, or names exactly what we have. */
  boolean rangeHolds() {
    String value = request.getHeader("If-Range");
    if (value == null) {
      return true;
    }
    String text = value.trim();
    // A weak tag never holds here.
    return text.startsWith("\"") ? text.equals(etag) : date("If-Range").equals(modified);
  }

  private List<String> tags(String header) {
    return Collections.list(request.getHeaders(header)).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::trim)
        .filter(tag -> !tag.isEmpty())
        .toList();
  }

  /** The header's time; {@link Instant#MIN} when it is absent or no date. */
  private Instant date(String header) {
    String value = request.getHeader(header);
    if (value == null) {
      return Instant.MIN;
    }
    try {
      return ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException notADate) {
      return Instant.MIN;
    }
  }

  /** The time as a header writes it. */
  static String httpDate(Instant time) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ENGLISH)
        .format(time.atZone(ZoneOffset.UTC));
  }
}
