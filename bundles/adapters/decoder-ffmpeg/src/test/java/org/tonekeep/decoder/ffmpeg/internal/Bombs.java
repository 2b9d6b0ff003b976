package org.tonekeep.decoder.ffmpeg.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small files that become large, deep or many when they are read. */
final class Bombs {
  private static final int BLOCK = 65_535;

  private Bombs() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Stereo at 44.1 kHz in constant subframes (RFC 9639): 22 bytes for one and a half seconds. */
  static byte[] silence(int hours, boolean tellsItsLength, byte[]... blocks) {
    long samples = hours * 3600L * 44_100;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("fLaC".getBytes(ISO_8859_1));
    out.writeBytes(new byte[] {(byte) (blocks.length == 0 ? 0x80 : 0), 0, 0, 34});
    ByteBuffer info = ByteBuffer.allocate(34);
    info.putShort((short) BLOCK).putShort((short) BLOCK).position(10);
    info.putLong(44_100L << 44 | 1L << 41 | 15L << 36 | (tellsItsLength ? samples : 0));
    out.writeBytes(info.array());
    for (int i = 0; i < blocks.length; i++) {
      blocks[i][0] |= (byte) (i == blocks.length - 1 ? 0x80 : 0);
      out.writeBytes(blocks[i]);
    }
    for (int frame = 0; frame < samples / BLOCK; frame++) {
      ByteBuffer bytes = ByteBuffer.allocate(32);
      bytes.put((byte) 0xff).put((byte) 0xf8).put((byte) 0x79).put((byte) 0x18);
      bytes.put(
          new String(Character.toChars(frame + (frame < 0xd800 ? 0 : 0x800))).getBytes(UTF_8));
      bytes.putShort((short) (BLOCK - 1));
      bytes.put((byte) crc(bytes, 8, 0x07));
      bytes.put(new byte[6]);
      bytes.putShort((short) crc(bytes, 16, 0x8005));
      out.write(bytes.array(), 0, bytes.position());
    }
    return out.toByteArray();
  }

  private static int crc(ByteBuffer bytes, int width, int polynomial) {
    int crc = 0;
    for (int i = 0; i < bytes.position(); i++) {
      crc ^= (bytes.get(i) & 0xff) << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >> (width - 1) & 1) == 0 ? crc << 1 : crc << 1 ^ polynomial;
      }
    }
    return crc & ((1 << width) - 1);
  }

  /** A FLAC metadata block of Vorbis comments. */
  static byte[] comments(int count, String value) {
    byte[] comment = ("COMMENT=" + value).getBytes(UTF_8);
    ByteBuffer block =
        ByteBuffer.allocate(4 + 4 + 4 + count * (4 + comment.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    block.put((byte) 4).put(size24(block.capacity() - 4)).putInt(0).putInt(count);
    for (int i = 0; i < count; i++) {
      block.putInt(comment.length).put(comment);
    }
    return block.array();
  }

  private static byte[] size24(int size) {
    return new byte[] {(byte) (size >> 16), (byte) (size >> 8), (byte) size};
  }

  /** A 16-bit PCM WAVE file of a second with chunks before its samples. */
  static byte[] wave(int channels, int chunks) {
    byte[] data = new byte[channels > 2 ? channels * 2 : 44_100 * 2 * channels];
    ByteBuffer file =
        ByteBuffer.allocate(44 + chunks * 12 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(ISO_8859_1)).putInt(file.capacity() - 8);
    file.put("WAVEfmt ".getBytes(ISO_8859_1)).putInt(16).putShort((short) 1);
    file.putShort((short) channels).putInt(44_100).putInt(44_100 * 2 * channels);
    file.putShort((short) (2 * channels)).putShort((short) 16);
    for (int i = 0; i < chunks; i++) {
      file.put((i % 2 == 0 ? "junk" : "LIST").getBytes(ISO_8859_1)).putInt(4);
      file.put("INFO".getBytes(ISO_8859_1));
    }
    file.put("data".getBytes(ISO_8859_1)).putInt(data.length).put(data);
    return file.array();
  }

  /** A box of the MP4 family. */
  static byte[] box(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length)
        .putInt(8 + content.length)
        .put(type.getBytes(ISO_8859_1))
        .put(content)
        .array();
  }

  /** Boxes in boxes. */
  static byte[] nested(String type, int depth) {
    ByteBuffer all = ByteBuffer.allocate(depth * 8);
    for (int i = 0; i < depth; i++) {
      all.putInt((depth - i) * 8).put(type.getBytes(ISO_8859_1));
    }
    return all.array();
  }

  /** An M4A file whose index (its last box) has a child more. */
  static byte[] withChild(byte[] m4a, byte[] child) {
    ByteBuffer file = ByteBuffer.wrap(m4a);
    int at = 0;
    int last = 0;
    while (at < m4a.length) {
      last = at;
      at += file.getInt(at);
    }
    if (!new String(m4a, last + 4, 4, ISO_8859_1).equals("moov")) {
      throw new IllegalArgumentException("The index is not at the end");
    }
    byte[] whole = join(m4a, child);
    ByteBuffer.wrap(whole).putInt(last, m4a.length - last + child.length);
    return whole;
  }

  /** An ID3v2.3 tag around frames. */
  static byte[] id3(byte[]... frames) {
    byte[] body = join(frames);
    int size = body.length;
    byte[] head = {
      'I',
      'D',
      '3',
      3,
      0,
      0,
      (byte) (size >> 21 & 0x7f),
      (byte) (size >> 14 & 0x7f),
      (byte) (size >> 7 & 0x7f),
      (byte) (size & 0x7f)
    };
    return join(head, body);
  }

  static byte[] frame(String id, byte[] content) {
    return ByteBuffer.allocate(10 + content.length)
        .put(id.getBytes(ISO_8859_1))
        .putInt(content.length)
        .putShort((short) 0)
        .put(content)
        .array();
  }

  static byte[] picture(byte[] png) {
    return frame("APIC", join("\0image/png\0\3\0".getBytes(ISO_8859_1), png));
  }

  /** A white square, which is three bytes a pixel once it is drawn. */
  static byte[] png(int side) {
    Deflater deflater = new Deflater(9);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    byte[] row = new byte[1 + 3 * side];
    byte[] buffer = new byte[1 << 16];
    for (int y = 0; y < side; y++) {
      deflater.setInput(row);
      while (!deflater.needsInput()) {
        data.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      data.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    byte[] header =
        ByteBuffer.allocate(13).putInt(side).putInt(side).put(new byte[] {8, 2, 0, 0, 0}).array();
    return join(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
        chunk("IHDR", header),
        chunk("IDAT", data.toByteArray()),
        chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] typed = join(type.getBytes(ISO_8859_1), content);
    CRC32 crc = new CRC32();
    crc.update(typed);
    return ByteBuffer.allocate(8 + typed.length)
        .putInt(content.length)
        .put(typed)
        .putInt((int) crc.getValue())
        .array();
  }
}
