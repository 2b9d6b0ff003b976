package org.tonekeep.vault.internal;

import java.util.Optional;
import org.tonekeep.storage.api.UnsupportedAudioException;

/**
 * Says what uploaded bytes are, by the bytes only: never by a name or a header. It recognises the
 * formats that we take at their own anchors; whatever else is refused, and Tika's table of magic
 * bytes only helps to say what it is (and keeps the search for an MPEG stream behind junk away from
 * archives, documents and pictures that merely contain one).
 *
 * <p>Broken audio is taken: it has the right form, and the decoder tells the musician what is wrong
 * with it. Where the head cannot decide (an MP4 family file of a general brand, a tag longer than
 * the head), the {@link Sniff} watches the stream and objects at its end.
 */
final class AudioSniffer {
  /** How many bytes {@link #sniff} wants to see, unless there are fewer. */
  static final int HEAD = 64 << 10;

  /** Consecutive frames that no random bytes imitate, at the begin of a file. */
  private static final int ANCHORED = 3;

  /** Consecutive frames that no random bytes imitate, anywhere in the head. */
  private static final int SEARCHED = 5;

  private final MagicNames names = new MagicNames();

  /**
   * @param head the first bytes, all of them when fewer than {@link #HEAD}
   * @throws UnsupportedAudioException when they are no audio that we take
   */
  Sniff sniff(byte[] head) {
    if (head.length == 0) {
      throw new UnsupportedAudioException("The file is empty");
    }
    Optional<Sniff> anchored =
        container(head).or(() -> tagged(head)).or(() -> bare(head, 0).map(Known::new));
    return anchored.orElseGet(() -> searched(head));
  }

  private static Optional<Sniff> container(byte[] head) {
    if (isWave(head)) {
      return known("audio/wav");
    }
    if (Head.at(head, 0, "FORM") && (Head.at(head, 8, "AIFF") || Head.at(head, 8, "AIFC"))) {
      return known("audio/aiff");
    }
    if (isFlac(head, 0)) {
      return known("audio/flac");
    }
    if (Head.at(head, 0, "OggS")) {
      return known(OggPages.mediaType(head));
    }
    if (Head.at(head, 4, "ftyp")) {
      return Optional.of(IsoTracks.hasAudioBrand(head) ? new Known("audio/mp4") : new IsoTracks());
    }
    return EbmlTracks.isEbml(head) ? known(EbmlTracks.mediaType(head)) : Optional.empty();
  }

  private static boolean isWave(byte[] head) {
    return Head.at(head, 8, "WAVE")
        && (Head.at(head, 0, "RIFF") || Head.at(head, 0, "RF64") || Head.at(head, 0, "BW64"));
  }

  private static boolean isFlac(byte[] head, int at) {
    // The first metadata block must be STREAMINFO: type 0 (perhaps the last), 34 bytes (RFC 9639).
    return Head.at(head, at, "fLaC") && (Head.word(head, at + 4, 4) & 0x7fffffffL) == 34;
  }

  private static Optional<Sniff> tagged(byte[] head) {
    long end = Id3.end(head, 0);
    if (end == 0) {
      return Optional.empty();
    }
    boolean moreComes = head.length == HEAD;
    if ((moreComes && end + LongTag.WINDOW > head.length) || end > head.length) {
      return Optional.of(new LongTag(end, head));
    }
    return Optional.of(new Known(afterTag(head, (int) end)));
  }

  /**
   * The media type of what follows an ID3v2 tag.
   *
   * @throws UnsupportedAudioException when no audio follows
   */
  static String afterTag(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] == 0) {
      at++;
    }
    Optional<String> found = isFlac(bytes, at) ? Optional.of("audio/flac") : bare(bytes, at);
    if (found.isPresent()) {
      return found.get();
    }
    if (Frames.MPEG.foundIn(bytes, from, ANCHORED)) {
      return "audio/mpeg";
    }
    throw MagicNames.refusal("There is a tag but no music behind it.");
  }

  private static Optional<String> bare(byte[] bytes, int at) {
    if (Frames.MPEG.startAt(bytes, at, ANCHORED)) {
      return Optional.of("audio/mpeg");
    }
    return Frames.ADTS.startAt(bytes, at, ANCHORED) ? Optional.of("audio/aac") : Optional.empty();
  }

  private Sniff searched(byte[] head) {
    String name = names.of(head);
    if (MagicNames.mayHideFrames(name) && Frames.MPEG.foundIn(head, 0, SEARCHED)) {
      return new Known("audio/mpeg");
    }
    throw MagicNames.refusal(MagicNames.sentence(name));
  }

  private static Optional<Sniff> known(String mediaType) {
    return Optional.of(new Known(mediaType));
  }

  /** What the bytes are; while they stream it may still object. */
  interface Sniff extends Intake.Watcher {
    /** The media type; valid once the stream has ended. */
    String mediaType();
  }

  private record Known(String mediaType) implements Sniff {
    @Override
    public void bytes(byte[] bytes, int offset, int length) {
      // The head said it all.
    }
  }
}
