package org.tonekeep.portrait.internal;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.rest.api.ProblemException;

/** Makes a small new picture of an uploaded one: drawn again, so that only what is seen stays. */
@Component(service = Workshop.class)
public final class Workshop {
  private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);
  private static final int SIDE = 1024;
  private static final int MOST_DECODED = 4_000_000;
  private static final float QUALITY = 0.88f;
  private static final int PATIENCE_SECONDS = 5;

  /** One at a time: a large image needs hundreds of MiB for a moment. */
  private final Semaphore bench;

  public Workshop() {
    this(new Semaphore(1, true));
  }

  Workshop(Semaphore bench) {
    this.bench = bench;
  }

  /**
   * Makes a JPEG, or a PNG when something shows through, that fits 1,024 pixels and is upright.
   *
   * @throws ProblemException 415 {@code unsupported-image}, 422 {@code image-damaged}, {@code
   *     image-unusual} or {@code image-too-large}, 429 {@code busy}
   */
  Picture make(byte[] upload) {
    ImageSource source = ImageSource.of(upload);
    enter();
    try {
      BufferedImage drawn = fitted(decode(source));
      return encode(Orientation.upright(drawn, source.orientation()));
    } finally {
      bench.release();
    }
  }

  private void enter() {
    try {
      if (bench.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ProblemException.of(
            429, "busy", "Busy", "Other images are being worked on; try again in a moment")
        .withHeader("Retry-After", String.valueOf(PATIENCE_SECONDS));
  }

  private static BufferedImage decode(ImageSource source) {
    ImageReader reader = first(ImageIO.getImageReadersByFormatName(source.format()));
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(source.bytes()))) {
      AtomicBoolean warned = new AtomicBoolean();
      reader.addIIOReadWarningListener((from, warning) -> warned.set(true));
      reader.setInput(in, true, true);
      if (reader.getWidth(0) != source.width() || reader.getHeight(0) != source.height()) {
        throw ImageSource.damaged();
      }
      ImageReadParam param = reader.getDefaultReadParam();
      int step = step(source.width(), source.height());
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage image = reader.read(0, param);
      if (warned.get()) { // data that ends too early is drawn in grey, with a warning
        throw ImageSource.damaged();
      }
      return image;
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | java.awt.color.CMMException e) {
      LOG.debug("An image could not be decoded", e); // the decoders' ways of saying so
      throw ImageSource.damaged();
    } finally {
      reader.dispose();
    }
  }

  /** Every how many pixels one is decoded. */
  static int step(int width, int height) {
    int step = 1;
    while (pixels(width, step) * pixels(height, step) > MOST_DECODED) {
      step++;
    }
    return step;
  }

  private static long pixels(int side, int step) {
    return (side + step - 1L) / step;
  }

  /** Halved while that is enough, so that no pixel is left out, then drawn in the exact size. */
  private static BufferedImage fitted(BufferedImage image) {
    int longest = Math.max(image.getWidth(), image.getHeight());
    double scale = Math.min(1, (double) SIDE / longest);
    int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
    BufferedImage now = image;
    while (now.getWidth() >= 2 * width && now.getHeight() >= 2 * height) {
      now = drawn(now, now.getWidth() / 2, now.getHeight() / 2);
    }
    return drawn(now, width, height);
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    boolean alpha = image.getColorModel().hasAlpha();
    BufferedImage out =
        new BufferedImage(
            width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = out.createGraphics();
    try {
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      pen.drawImage(image, 0, 0, width, height, null);
    } finally {
      pen.dispose();
    }
    return out;
  }

  private static Picture encode(BufferedImage image) {
    boolean png = showsThrough(image);
    BufferedImage last = png || !image.getColorModel().hasAlpha() ? image : withoutAlpha(image);
    ImageWriter writer = first(ImageIO.getImageWritersByFormatName(png ? "png" : "jpeg"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (!png) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(QUALITY);
      }
      writer.write(null, new IIOImage(last, null, null), param);
    } catch (IOException e) {
      throw new IllegalStateException("A picture in memory could not be written", e);
    } finally {
      writer.dispose();
    }
    return new Picture(
        bytes.toByteArray(), png ? "image/png" : "image/jpeg", image.getWidth(), image.getHeight());
  }

  private static boolean showsThrough(BufferedImage image) {
    if (image.getColorModel().hasAlpha()) {
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          if (image.getRGB(x, y) >>> 24 != 0xFF) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static BufferedImage withoutAlpha(BufferedImage image) {
    BufferedImage out =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = out.createGraphics();
    try {
      pen.drawImage(image, 0, 0, null);
    } finally {
      pen.dispose();
    }
    return out;
  }

  private static <T> T first(Iterator<T> found) {
    if (!found.hasNext()) {
      throw new IllegalStateException("This Java platform reads and writes no JPEG or PNG");
    }
    return found.next();
  }
}
