package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what ffmpeg says (level {@code info}, each line with its level) to its end and keeps only
 * what matters, in bounded memory. The text itself is never logged: it holds the file's tags.
 */
final class Diagnostics implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Diagnostics.class);
  private static final int LONGEST_LINE = 512;
  private static final Pattern DURATION =
      Pattern.compile("\\[info]   Duration: (\\d{1,6}):(\\d\\d):(\\d\\d)\\.(\\d\\d),.*");
  private static final Pattern TORN =
      Pattern.compile(
          ".*\\[(error|warning)] .*(partial file|Error during demuxing|Packet corrupt"
              + "|[Tt]runcat|End of file).*");

  private final InputStream stderr;
  private final CountDownLatch described = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile double declaredSeconds = -1;
  private volatile boolean estimated;
  private volatile boolean torn;

  /** A WAVE file whose writer never came back to fill in the length: its last packet is short. */
  private boolean endless;

  private volatile Cause cause = Cause.UNKNOWN;

  Diagnostics(InputStream stderr) {
    this.stderr = stderr;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[4096];
    StringBuilder line = new StringBuilder();
    try {
      for (int n = stderr.read(buffer); n >= 0; n = stderr.read(buffer)) {
        for (char c : new String(buffer, 0, n, StandardCharsets.ISO_8859_1).toCharArray()) {
          if (c == '\n') {
            take(line.toString());
            line.setLength(0);
          } else if (line.length() < LONGEST_LINE) {
            line.append(c);
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("The decoder's messages broke off", e);
    } finally {
      described.countDown();
      ended.countDown();
    }
  }

  private void take(String line) {
    if (line.startsWith("[info]")) {
      Matcher duration = DURATION.matcher(line);
      if (declaredSeconds < 0 && duration.matches()) {
        declaredSeconds =
            Integer.parseInt(duration.group(1)) * 3600.0
                + Integer.parseInt(duration.group(2)) * 60.0
                + Integer.parseInt(duration.group(3))
                + Integer.parseInt(duration.group(4)) / 100.0;
      } else if (line.startsWith("[info] Output #0")) {
        described.countDown();
      }
    } else if (line.contains("Estimating duration from bitrate")) {
      estimated = true;
    } else if (line.contains("Ignoring maximum wav data size")) {
      endless = true;
    } else if (TORN.matcher(line).matches() && !(endless && line.contains("Packet corrupt"))) {
      torn = true;
    }
    if (cause == Cause.UNKNOWN) {
      cause = Cause.of(line);
    }
  }

  /** Waits until ffmpeg has described its input (before it writes any audio), a second at most. */
  void awaitDescription() throws InterruptedException {
    if (!described.await(1, TimeUnit.SECONDS)) {
      LOG.debug("The decoder did not describe its input");
    }
  }

  void awaitEnd() throws InterruptedException {
    if (!ended.await(5, TimeUnit.SECONDS)) {
      LOG.debug("The decoder's messages did not end");
    }
  }

  /** What the container says the length is; -1 when it does not say. */
  double declaredSeconds() {
    return declaredSeconds;
  }

  /** Whether {@link #declaredSeconds} was written by the encoder, not guessed from the bit rate. */
  boolean declared() {
    return declaredSeconds > 0 && !estimated;
  }

  /** Whether the input broke off or could not be read to its end. */
  boolean torn() {
    return torn;
  }

  Cause cause() {
    return cause;
  }

  /** Why there is no audio, in words for a musician. */
  enum Cause {
    NO_INDEX(
        "moov atom not found",
        "The file's index is missing: the recording or the upload was broken off"),
    NO_AUDIO("matches no streams", "This file holds no audio track"),
    OTHER_FORMAT("not on whitelist", "This is not an audio format that can be read here"),
    TOO_MANY_CHANNELS("Too many channels", "The file has more channels than can be read here"),
    NO_RATE("Invalid sample rate", "The file is damaged: it names no valid sample rate"),
    NO_MEMORY("Cannot allocate memory", "The file needs more memory than a decoder gets here"),
    UNKNOWN("\n", "The file is damaged: no audio could be decoded");

    private final String sign;
    private final String reason;

    Cause(String sign, String reason) {
      this.sign = sign;
      this.reason = reason;
    }

    String reason() {
      return reason;
    }

    static Cause of(String line) {
      for (Cause cause : values()) {
        if (line.contains(cause.sign) && (line.contains("[error]") || line.contains("[fatal]"))) {
          return cause;
        }
      }
      return UNKNOWN;
    }
  }
}
