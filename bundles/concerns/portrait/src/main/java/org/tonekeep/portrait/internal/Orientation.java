package org.tonekeep.portrait.internal;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera was held: tag 0x0112 of EXIF 2.32, 4.6.4, values 1 (upright) to 8. */
final class Orientation {
  private static final int UPRIGHT = 1;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;
  private static final int MOST_ENTRIES = 256;

  private Orientation() {}

  /**
   * Reads the tag of the first directory of a TIFF structure; 1 when there is none that makes
   * sense.
   *
   * @param from where the structure begins
   * @param end where it ends
   */
  static int ofExif(byte[] in, int from, int end) {
    if (end - from < 8) {
      return UPRIGHT;
    }
    ByteBuffer tiff = ByteBuffer.wrap(in, from, end - from).slice();
    short order = tiff.getShort(0);
    if (order != 0x4949 && order != 0x4D4D) {
      return UPRIGHT;
    }
    tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (tiff.getShort(2) != 42 || directory < 8 || directory > tiff.limit() - 2) {
      return UPRIGHT;
    }
    int entries = Math.min(tiff.getShort(directory) & 0xFFFF, MOST_ENTRIES);
    for (int i = 0; i < entries; i++) {
      int at = directory + 2 + i * ENTRY;
      if (at > tiff.limit() - ENTRY) {
        return UPRIGHT;
      }
      if ((tiff.getShort(at) & 0xFFFF) == TAG && tiff.getShort(at + 2) == SHORT) {
        int value = tiff.getShort(at + 8) & 0xFFFF;
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Turns and mirrors an image so that it is upright. */
  static BufferedImage upright(BufferedImage image, int orientation) {
    if (orientation == UPRIGHT) {
      return image;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    boolean turned = orientation >= 5;
    BufferedImage out =
        new BufferedImage(turned ? height : width, turned ? width : height, image.getType());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7;
        fromRight |= orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6;
        fromBottom |= orientation == 7;
        int across = fromRight ? width - 1 - x : x;
        int down = fromBottom ? height - 1 - y : y;
        out.setRGB(turned ? down : across, turned ? across : down, image.getRGB(x, y));
      }
    }
    return out;
  }
}
