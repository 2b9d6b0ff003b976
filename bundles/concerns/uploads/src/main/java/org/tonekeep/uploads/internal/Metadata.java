package org.tonekeep.uploads.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.tonekeep.rest.api.ProblemException;

/**
 * What a client says of its file: the header {@code Upload-Metadata} (tus 1.0.0, Creation), pairs
 * of a word and a text in Base64, between commas.
 *
 * @param header as it came, to be given back as it came
 */
public record Metadata(String header, Map<String, String> values) {
  private static final int LONGEST = 6_000;

  /**
   * Reads the header.
   *
   * @throws ProblemException 400 {@code malformed-metadata}
   */
  public static Metadata parse(String header) {
    if (header.length() > LONGEST) {
      throw malformed("Upload-Metadata has at most " + LONGEST + " characters");
    }
    Map<String, String> values = new TreeMap<>();
    if (!header.isBlank()) {
      for (String pair : header.split(",", -1)) {
        String[] words = pair.strip().split(" ", -1);
        if (words.length > 2 || !words[0].matches("[!-+\\--~]{1,100}")) {
          throw malformed("Upload-Metadata is pairs of a word and Base64, between commas");
        }
        if (values.put(words[0], words.length == 1 ? "" : decoded(words[1])) != null) {
          throw malformed("Upload-Metadata says a word twice");
        }
      }
    }
    return new Metadata(header, Map.copyOf(values));
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      ProblemException malformed = malformed("A value of Upload-Metadata is no Base64");
      malformed.initCause(e);
      throw malformed;
    }
  }

  private static ProblemException malformed(String detail) {
    return ProblemException.of(400, "malformed-metadata", "Malformed metadata", detail);
  }

  /** The file's name; clients say {@code filename} or {@code name}. */
  public String fileName() {
    return values.getOrDefault("filename", values.getOrDefault("name", ""));
  }

  /** Without what was said. */
  @Override
  public String toString() {
    return "Metadata";
  }
}
