package org.tonekeep.vault.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.tonekeep.storage.api.UnsupportedAudioException;

/** Names what bytes are that we do not take, by Tika's table of magic bytes. No parser runs. */
final class MagicNames {
  static final String VIDEO = "This is a video: export its sound and upload that.";
  private static final String TAKEN = " Upload MP3, WAV, AIFF, FLAC, Ogg Vorbis, Opus, AAC or M4A.";

  // Not the thread's class loader: in OSGi that one does not see Tika's tables.
  private final MimeTypes types = MimeTypes.getDefaultMimeTypes(MagicNames.class.getClassLoader());

  /** A media type; {@code application/octet-stream} when nobody knows. */
  String of(byte[] head) {
    try (InputStream in = new ByteArrayInputStream(head)) {
      return types.detect(in, new Metadata()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading an array does not fail", e);
    }
  }

  /** Whether bytes of that name may be junk in front of an MPEG stream. */
  static boolean mayHideFrames(String name) {
    return name.equals("application/octet-stream") || name.equals("audio/mpeg");
  }

  /** For a musician: what this is instead of audio. */
  static String sentence(String name) {
    String family = name.substring(0, name.indexOf('/'));
    return switch (family) {
      case "image" -> "This is a picture.";
      case "video" -> VIDEO;
      case "text" -> "This is text, not audio.";
      case "audio" -> "This kind of audio is not taken here.";
      default ->
          switch (name) {
            case "application/pdf" -> "This is a document.";
            case "application/zip", "application/gzip", "application/x-7z-compressed" ->
                "This is an archive: unpack it and upload the audio file in it.";
            case "application/xml", "application/xhtml+xml" -> "This is text, not audio.";
            default -> "There is no audio at the begin of this file.";
          };
    };
  }

  static UnsupportedAudioException refusal(String sentence) {
    return new UnsupportedAudioException(sentence + TAKEN);
  }
}
