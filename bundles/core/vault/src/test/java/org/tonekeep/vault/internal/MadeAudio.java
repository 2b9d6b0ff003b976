package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/** Bytes that have the form of audio, made in the test. */
final class MadeAudio {
  private static final int LENGTH = 205;

  private MadeAudio() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] text(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  /** Random bytes without 0xff, so that no frame hides in them. */
  static byte[] junk(int length) {
    byte[] junk = new byte[length];
    new Random(7).nextBytes(junk);
    junk[0] = (byte) 0xd3;
    for (int i = 0; i < length; i++) {
      junk[i] = junk[i] == (byte) 0xff ? 0 : junk[i];
    }
    return junk;
  }

  /** Frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes each. */
  static byte[] mp3(int frames) {
    return mpeg(frames, 0xfffb9000, 417);
  }

  /** Frames under any header. */
  static byte[] mpeg(int frames, int header, int length) {
    ByteBuffer out = ByteBuffer.allocate(frames * length);
    for (int i = 0; i < frames; i++) {
      out.putInt(i * length, header);
    }
    return out.array();
  }

  /** Frames of AAC-LC in ADTS, 44.1 kHz stereo, 205 bytes each. */
  static byte[] adts(int frames) {
    byte[] frame = new byte[LENGTH];
    frame[0] = (byte) 0xff;
    frame[1] = (byte) 0xf1;
    frame[2] = 0x50;
    frame[3] = (byte) 0x80;
    frame[4] = (byte) (LENGTH >> 3);
    frame[5] = (byte) ((LENGTH & 7) << 5);
    byte[] all = new byte[0];
    for (int i = 0; i < frames; i++) {
      all = join(all, frame);
    }
    return all;
  }

  /** An ID3v2.3 tag that says that so many bytes follow its header. */
  static byte[] id3(int says) {
    byte[] tag = text("ID3\3\0\0....");
    for (int i = 0; i < 4; i++) {
      tag[9 - i] = (byte) (says >> (7 * i) & 0x7f);
    }
    return tag;
  }

  /** The first page of an Ogg stream. */
  static byte[] ogg(String body) {
    byte[] header = new byte[28];
    header[26] = 1;
    header[27] = (byte) body.length();
    byte[] page = join(header, text(body));
    System.arraycopy(text("OggS\0\2"), 0, page, 0, 6);
    return page;
  }

  /** A box of the MP4 family. */
  static byte[] box(String type, byte[]... content) {
    byte[] body = join(content);
    return join(ByteBuffer.allocate(4).putInt(8 + body.length).array(), text(type), body);
  }

  /** A track whose handler is {@code soun}, {@code vide} … */
  static byte[] track(String handler) {
    return box(
        "trak",
        box("tkhd", new byte[80]),
        box(
            "mdia",
            box("mdhd", new byte[24]),
            box("hdlr", new byte[8], text(handler), new byte[13]),
            box("minf", new byte[100])));
  }

  static byte[] ftyp(String brand) {
    return box("ftyp", text(brand), new byte[4], text("isommp42"));
  }

  /** An element of EBML with a size of one byte. */
  static byte[] ebml(String id, byte[]... content) {
    byte[] body = join(content);
    return join(text(id), new byte[] {(byte) (0x80 | body.length)}, body);
  }

  static byte[] webm(String docType, int... trackTypes) {
    byte[] tracks = new byte[0];
    for (int type : trackTypes) {
      tracks = join(tracks, ebml("\u00ae", ebml("\u00d7", new byte[] {1}), trackType(type)));
    }
    return join(
        ebml("\u001aE\u00df\u00a3", ebml("B\u0082", text(docType))),
        text("\u0018S\u0080g"),
        text("\u0001\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"),
        ebml("\u00ec", new byte[20]),
        ebml("\u0016T\u00aek", tracks),
        text("\u001fC\u00b6u"));
  }

  private static byte[] trackType(int type) {
    return ebml("\u0083", new byte[] {(byte) type});
  }

  static byte[] wav(int samples) {
    ByteBuffer out = ByteBuffer.allocate(44 + samples).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.put(text("RIFF")).putInt(36 + samples).put(text("WAVEfmt ")).putInt(16);
    out.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(8000);
    out.putShort((short) 1).putShort((short) 8).put(text("data")).putInt(samples);
    return out.array();
  }
}
