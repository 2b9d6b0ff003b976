package org.tonekeep.vault.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tonekeep.storage.api.UnsupportedAudioException;

/**
 * A file that begins with a tag which is (or says it is) longer than the head, such as one with a
 * large cover picture: waits for what follows the tag, with a window of constant size.
 */
final class LongTag implements AudioSniffer.Sniff {
  /** Bytes behind the tag that decide. */
  static final int WINDOW = 16 << 10;

  /** Frames in a row that no picture in a tag imitates. */
  private static final int IN_TAG = 5;

  private final long end;
  private final byte[] head;
  private final byte[] window = new byte[WINDOW];
  private int filled;
  private long position;
  private @Nullable String mediaType;

  LongTag(long end, byte[] head) {
    this.end = end;
    this.head = head;
  }

  @Override
  public void bytes(byte[] bytes, int offset, int length) {
    long skip = Math.min(length, Math.max(0, end - position));
    int take = (int) Math.min(length - skip, WINDOW - filled);
    System.arraycopy(bytes, offset + (int) skip, window, filled, take);
    filled += take;
    position += length;
    if (filled == WINDOW && mediaType == null) {
      mediaType = decide();
    }
  }

  @Override
  public void end() {
    if (mediaType == null) {
      mediaType = decide();
    }
  }

  private String decide() {
    try {
      return AudioSniffer.afterTag(Arrays.copyOf(window, filled), 0);
    } catch (UnsupportedAudioException nothingThere) {
      // The tag may lie about its length and hold the music.
      if (Frames.MPEG.foundIn(head, 0, IN_TAG)) {
        return "audio/mpeg";
      }
      throw nothingThere;
    }
  }

  @Override
  public String mediaType() {
    if (mediaType == null) {
      throw new IllegalStateException("The stream has not ended");
    }
    return mediaType;
  }
}
