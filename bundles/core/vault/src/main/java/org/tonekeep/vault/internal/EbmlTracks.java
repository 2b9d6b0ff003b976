package org.tonekeep.vault.internal;

/** WebM (EBML, RFC 8794): taken when its head shows sound tracks and no others. */
final class EbmlTracks {
  private static final long EBML = 0x1a45dfa3L;
  private static final long DOC_TYPE = 0x4282;
  private static final long SEGMENT = 0x18538067L;
  private static final long CLUSTER = 0x1f43b675L;
  private static final long TRACKS = 0x1654ae6bL;
  private static final long TRACK = 0xae;
  private static final long TRACK_TYPE = 0x83;
  private static final int VIDEO = 1;
  private static final int SOUND = 2;

  private final byte[] head;
  private int at;
  private boolean webm;
  private boolean sound;
  private boolean video;

  private EbmlTracks(byte[] head) {
    this.head = head;
  }

  static boolean isEbml(byte[] head) {
    return Head.word(head, 0, 4) == EBML;
  }

  /**
   * @throws org.tonekeep.storage.api.UnsupportedAudioException for Matroska, video, and WebM whose
   *     tracks are not in the head
   */
  static String mediaType(byte[] head) {
    EbmlTracks tracks = new EbmlTracks(head);
    boolean more = true;
    while (more) {
      more = tracks.element();
    }
    if (tracks.video) {
      throw MagicNames.refusal(MagicNames.VIDEO);
    }
    if (!tracks.webm || !tracks.sound) {
      throw MagicNames.refusal("This Matroska file is no WebM sound.");
    }
    return "audio/webm";
  }

  /** Steps over one element, or into a container: its children follow its header. */
  private boolean element() {
    long id = number(false);
    if (id < 0 || id == CLUSTER) {
      return false;
    }
    boolean unknownSize = at < head.length && (head[at] & 0xff) == 0xff;
    long size = number(true);
    if (size < 0) {
      return false;
    }
    if (id == EBML || id == SEGMENT || id == TRACKS || id == TRACK) {
      return true;
    }
    if (id == DOC_TYPE) {
      webm = size == 4 && Head.at(head, at, "webm");
    } else if (id == TRACK_TYPE) {
      long type = Head.word(head, at, 1);
      sound |= type == SOUND;
      video |= type == VIDEO;
    }
    if (unknownSize || size > head.length - at) {
      return false;
    }
    at += (int) size;
    return true;
  }

  /** A variable-length number; an id keeps its length marker, a size loses it. */
  private long number(boolean size) {
    long first = Head.word(head, at, 1);
    if (first <= 0) {
      return -1;
    }
    int length = Long.numberOfLeadingZeros(first) - 55;
    long value = Head.word(head, at, length);
    at += length;
    return value < 0 || !size ? value : value & ((1L << (7 * length)) - 1);
  }
}
