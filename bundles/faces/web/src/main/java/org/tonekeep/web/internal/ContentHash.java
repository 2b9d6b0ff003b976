package org.tonekeep.web.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeMap;

/** The first 64 bits of SHA-256 in hexadecimal: names a version of a file, guards nothing. */
final class ContentHash {
  private static final int BYTES = 8;

  private ContentHash() {}

  static String of(byte[] content) {
    return name(sha256().digest(content));
  }

  /** One hash of many files, whatever their order. */
  static String of(Collection<URL> files) {
    TreeMap<String, URL> sorted = new TreeMap<>();
    files.forEach(url -> sorted.put(url.getPath(), url));
    MessageDigest digest = sha256();
    sorted.forEach(
        (path, url) -> {
          digest.update(path.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          digest.update(read(url));
        });
    return name(digest.digest());
  }

  private static byte[] read(URL url) {
    try (InputStream in = url.openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
