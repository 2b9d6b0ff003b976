package org.tonekeep.portrait.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Images as people upload them, and worse. */
final class Pictures {
  static final String CANARY = "GPS-CANARY-52.5200N-13.4050E";

  private Pictures() {}

  /** A red top left quarter, the rest blue. */
  static BufferedImage corner(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.BLUE);
    pen.fillRect(0, 0, width, height);
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, width / 2, height / 2);
    pen.dispose();
    return image;
  }

  static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer");
    }
    return out.toByteArray();
  }

  static byte[] jpeg(int width, int height) throws IOException {
    return file(corner(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  static byte[] png(int width, int height) throws IOException {
    return file(corner(width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  static BufferedImage read(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.bytes()));
  }

  /** The JPEG with segments of EXIF (orientation and a canary), XMP, a profile and a comment. */
  static byte[] withMetadata(byte[] jpeg, int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(26);
    tiff.putShort((short) 0x4D4D).putShort((short) 42).putInt(8);
    tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    byte[] exif = ("Exif\0\0" + new String(tiff.array(), ISO_8859_1) + CANARY).getBytes(ISO_8859_1);
    out.writeBytes(segment(0xE1, exif));
    out.writeBytes(segment(0xE1, ("http://ns.adobe.com/xap/1.0/\0" + CANARY).getBytes(ISO_8859_1)));
    out.writeBytes(segment(0xE2, ("ICC_PROFILE\0\1\1" + CANARY).getBytes(ISO_8859_1)));
    out.writeBytes(segment(0xFE, CANARY.getBytes(ISO_8859_1)));
    out.write(jpeg, 2, jpeg.length - 2);
    out.writeBytes(("<script>" + CANARY + "</script>").getBytes(ISO_8859_1));
    return out.toByteArray();
  }

  /** The PNG with text after its header and something behind its end. */
  static byte[] withText(byte[] png) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    out.writeBytes(chunk("tEXt", ("Comment\0" + CANARY).getBytes(ISO_8859_1)));
    out.writeBytes(chunk("eXIf", CANARY.getBytes(ISO_8859_1)));
    out.writeBytes(chunk("iCCP", ("x\0\0" + CANARY).getBytes(ISO_8859_1)));
    out.write(png, 33, png.length - 33);
    out.writeBytes(CANARY.getBytes(ISO_8859_1));
    return out.toByteArray();
  }

  /** The PNG, but its header says another size. */
  static byte[] pngSaying(byte[] png, int width, int height) {
    byte[] out = png.clone();
    ByteBuffer bytes = ByteBuffer.wrap(out);
    bytes.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(out, 12, 17);
    bytes.putInt(29, (int) crc.getValue());
    return out;
  }

  /** The JPEG, but its frame says another size. */
  static byte[] jpegSaying(byte[] jpeg, int width, int height) {
    byte[] out = jpeg.clone();
    for (int i = 2; i < out.length - 9; i++) {
      if ((out[i] & 0xFF) == 0xFF && (out[i + 1] & 0xFF) == 0xC0) {
        ByteBuffer.wrap(out).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
        return out;
      }
    }
    throw new IllegalArgumentException("no frame");
  }

  private static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (content.length + 2))
        .put(content)
        .array();
  }

  private static byte[] chunk(String type, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(ISO_8859_1));
    crc.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(type.getBytes(ISO_8859_1))
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }
}
