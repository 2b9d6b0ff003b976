package org.tonekeep.web.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A static file in memory, with its compressed form when that is smaller. */
final class Asset {
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  /** Below this, compression costs more than it saves. */
  private static final int WORTH_COMPRESSING = 512;

  private final String mediaType;
  private final byte[] bytes;
  private final byte @Nullable [] gzip;
  private final String hash;

  private Asset(String mediaType, byte[] bytes) {
    this.mediaType = mediaType;
    this.bytes = bytes;
    this.gzip = mediaType.startsWith("text/") || mediaType.contains("svg") ? gzip(bytes) : null;
    this.hash = ContentHash.of(bytes);
  }

  /** Whether files of that ending are served at all. */
  static boolean servable(String name) {
    return TYPES.containsKey(ending(name));
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when its ending is not {@link #servable}
   */
  static Asset read(String name, URL url) {
    String type = TYPES.get(ending(name));
    if (type == null) {
      throw new IllegalArgumentException("Files of this ending are not served: " + name);
    }
    try (InputStream in = url.openStream()) {
      return new Asset(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String mediaType() {
    return mediaType;
  }

  /** The hash of the content, which names it. */
  String hash() {
    return hash;
  }

  byte[] bytes() {
    return bytes;
  }

  Optional<byte[]> compressed() {
    return Optional.ofNullable(gzip);
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static byte @Nullable [] gzip(byte[] bytes) {
    if (bytes.length < WORTH_COMPRESSING) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.size() < bytes.length ? out.toByteArray() : null;
  }
}
