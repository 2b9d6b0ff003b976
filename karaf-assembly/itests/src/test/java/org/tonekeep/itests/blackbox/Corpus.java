package org.tonekeep.itests.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The committed sounds: two seconds each, one per format, and a broken one. */
final class Corpus {
  static final double SECONDS = 2.0;
  static final String BROKEN = "broken.m4a";

  /** A file and what must be found out about it. */
  record Sound(String file, String format, int sampleRate, int channels) {}

  static final List<Sound> SOUNDS =
      List.of(
          new Sound("tone.mp3", "mp3", 44_100, 2),
          new Sound("tone.wav", "wav", 11_025, 2),
          new Sound("tone.aiff", "aiff", 22_050, 1),
          new Sound("tone.flac", "flac", 44_100, 2),
          new Sound("tone.ogg", "ogg", 44_100, 2),
          new Sound("tone.opus", "opus", 48_000, 2),
          new Sound("tone-aac.m4a", "m4a", 44_100, 2),
          new Sound("tone-alac.m4a", "m4a", 22_050, 1));

  private Corpus() {}

  static byte[] bytes(String file) throws IOException {
    try (InputStream in =
        Corpus.class.getResourceAsStream("/org/tonekeep/testing/kit/audio/" + file)) {
      if (in == null) {
        throw new IOException("The test kit has no " + file);
      }
      return in.readAllBytes();
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
