package org.tonekeep.portrait.internal;

import org.tonekeep.rest.api.ProblemException;

/**
 * An upload as it may be given to a decoder.
 *
 * @param format the name of the reader in ImageIO
 * @param bytes the image without anything that is not needed to draw it
 * @param width that it declares
 * @param height that it declares
 * @param orientation 1 to 8, see {@link Orientation}
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once
record ImageSource(String format, byte[] bytes, int width, int height, int orientation) {
  private static final long MOST_PIXELS = 50_000_000;
  private static final int LONGEST_SIDE = 20_000;

  ImageSource {
    if (width <= 0 || height <= 0) {
      throw damaged();
    }
    if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
      throw ProblemException.of(
          422,
          "image-too-large",
          "Too many pixels",
          "An image may have 50 million pixels, and 20,000 on a side");
    }
  }

  /**
   * Looks at an upload; its first bytes decide what it is.
   *
   * @throws ProblemException 415 {@code unsupported-image}, 422 {@code image-damaged} or {@code
   *     image-too-large}
   */
  static ImageSource of(byte[] upload) {
    if (JpegSource.is(upload)) {
      return new JpegSource(upload).read();
    }
    if (PngSource.is(upload)) {
      return new PngSource(upload).read();
    }
    throw unsupported();
  }

  static ProblemException unsupported() {
    return ProblemException.of(
        415, "unsupported-image", "Unsupported image", "Send a JPEG or a PNG image");
  }

  static ProblemException damaged() {
    return ProblemException.of(
        422, "image-damaged", "Damaged image", "The image is damaged or cut off");
  }
}
