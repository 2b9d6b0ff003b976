package org.tonekeep.vault.internal;

import org.jspecify.annotations.Nullable;

/** Ogg (RFC 3533): the first page of every stream stands at the begin and names the codec. */
final class OggPages {
  private static final int HEADER = 27;
  private static final int BEGINS_STREAM = 2;

  private OggPages() {}

  /**
   * @throws org.tonekeep.storage.api.UnsupportedAudioException for video and other codecs
   */
  static String mediaType(byte[] head) {
    String found = null;
    int at = 0;
    while (Head.at(head, at, "OggS")
        && at + HEADER <= head.length
        && (head[at + 5] & BEGINS_STREAM) != 0) {
      int segments = head[at + 26] & 0xff;
      int body = at + HEADER + segments;
      if (body > head.length) {
        break;
      }
      if (isVideo(head, body)) {
        throw MagicNames.refusal(MagicNames.VIDEO);
      }
      found = found == null ? codec(head, body) : found;
      at = body;
      for (int i = 0; i < segments; i++) {
        at += head[body - segments + i] & 0xff;
      }
    }
    if (found == null) {
      throw MagicNames.refusal("This Ogg file holds no Vorbis, Opus or FLAC.");
    }
    return found;
  }

  private static boolean isVideo(byte[] head, int body) {
    return Head.at(head, body, "\u0080theora")
        || Head.at(head, body, "BBCD\0")
        || Head.at(head, body, "OVP80")
        || Head.at(head, body, "\1video");
  }

  private static @Nullable String codec(byte[] head, int body) {
    if (Head.at(head, body, "OpusHead")) {
      return "audio/opus";
    }
    return Head.at(head, body, "\1vorbis") || Head.at(head, body, "\u007fFLAC")
        ? "audio/ogg"
        : null;
  }
}
