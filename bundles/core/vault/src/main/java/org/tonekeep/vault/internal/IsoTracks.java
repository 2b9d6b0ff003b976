package org.tonekeep.vault.internal;

import java.util.Set;
import org.tonekeep.storage.api.UnsupportedAudioException;

/**
 * The MP4 family (ISO/IEC 14496-12). A file of an audio brand (M4A, M4B …) is audio, also when it
 * carries chapter pictures. A file of a general brand may be a video: as the index may stand at the
 * end, this walks the boxes while the file streams by, in constant memory, and takes the file only
 * if it has a sound track and no video track.
 */
final class IsoTracks implements AudioSniffer.Sniff {
  private static final Set<String> AUDIO_BRANDS = Set.of("M4A ", "M4B ", "M4P ", "F4A ", "F4B ");
  private static final Set<String> CONTAINERS = Set.of("moov", "trak", "mdia");
  private static final String HANDLER = "hdlr";
  private static final int SHORT_HEADER = 8;
  private static final int LONG_HEADER = 16;
  private static final int HANDLER_TYPE_END = 12;

  private final byte[] piece = new byte[LONG_HEADER];
  private int filled;
  private int wanted = SHORT_HEADER;
  private boolean inHandler;
  private long handlerRest;
  private long skip;
  private boolean broken;
  private boolean sound;
  private boolean video;

  static boolean hasAudioBrand(byte[] head) {
    return AUDIO_BRANDS.stream().anyMatch(brand -> Head.at(head, 8, brand));
  }

  @Override
  public void bytes(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end && !broken) {
      if (skip > 0) {
        int now = (int) Math.min(skip, end - at);
        skip -= now;
        at += now;
      } else {
        piece[filled++] = bytes[at++];
        if (filled == wanted) {
          complete();
        }
      }
    }
  }

  private void complete() {
    if (inHandler) {
      sound |= Head.at(piece, SHORT_HEADER, "soun");
      video |= Head.at(piece, SHORT_HEADER, "vide");
      next(handlerRest);
      return;
    }
    long size = Head.word(piece, 0, 4);
    if (size == 1 && wanted == SHORT_HEADER) {
      wanted = LONG_HEADER;
      return;
    }
    if (size == 1) {
      size = Head.word(piece, SHORT_HEADER, 8);
    } else if (size == 0) {
      size = Long.MAX_VALUE;
    }
    long rest = size - wanted;
    if (rest < 0) {
      broken = true;
    } else if (CONTAINERS.stream().anyMatch(name -> Head.at(piece, 4, name))) {
      // Its children follow at once, so stepping into it needs no stack.
      next(0);
    } else if (Head.at(piece, 4, HANDLER) && rest >= HANDLER_TYPE_END) {
      next(0);
      inHandler = true;
      wanted = HANDLER_TYPE_END;
      handlerRest = rest - HANDLER_TYPE_END;
    } else {
      next(rest);
    }
  }

  private void next(long over) {
    skip = over;
    filled = 0;
    wanted = SHORT_HEADER;
    inHandler = false;
  }

  /**
   * @throws UnsupportedAudioException for a video, and for a file without a sound track
   */
  @Override
  public void end() {
    if (video) {
      throw MagicNames.refusal(MagicNames.VIDEO);
    }
    if (!sound) {
      throw MagicNames.refusal("This MP4 file has no sound track, or was cut off.");
    }
  }

  @Override
  public String mediaType() {
    return "audio/mp4";
  }
}
