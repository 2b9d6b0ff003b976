package org.tonekeep.catalog.internal;

import java.util.Set;

/** Short names of audio formats. */
final class Formats {
  private Formats() {}

  /** The endings of file names that people know a format by, its short name among them. */
  static Set<String> endings(String format) {
    return switch (format) {
      case "aiff" -> Set.of("aiff", "aif", "aifc");
      case "m4a" -> Set.of("m4a", "mp4", "m4b");
      case "ogg" -> Set.of("ogg", "oga");
      case "opus" -> Set.of("opus", "ogg");
      case "wav" -> Set.of("wav", "wave", "bwf", "rf64");
      default -> Set.of(format);
    };
  }

  /** The short name for a media type, such as {@code mp3} for {@code audio/mpeg}. */
  static String of(String mediaType) {
    String subtype = mediaType.substring(mediaType.indexOf('/') + 1).replaceAll("[;\\s].*", "");
    return switch (subtype) {
      case "mpeg", "mp3", "x-mp3", "x-mpeg" -> "mp3";
      case "wav", "x-wav", "vnd.wave", "wave" -> "wav";
      case "aiff", "x-aiff" -> "aiff";
      case "flac", "x-flac" -> "flac";
      case "mp4", "x-m4a", "m4a" -> "m4a";
      case "aac", "x-aac" -> "aac";
      case "opus" -> "opus";
      case "ogg", "vorbis" -> "ogg";
      default -> {
        String plain = subtype.replaceFirst("^x-", "").replaceAll("[^a-z0-9]", "");
        yield plain.isEmpty() ? "audio" : plain.substring(0, Math.min(40, plain.length()));
      }
    };
  }
}
