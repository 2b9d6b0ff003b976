package org.tonekeep.itests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A tone whose second half comes when the test says so: an upload over a slow line. */
final class SlowTone {
  private static final int PATIENCE_MINUTES = 3;

  private final CountDownLatch half = new CountDownLatch(1);
  private final CountDownLatch rest = new CountDownLatch(1);
  private final byte[] file;

  SlowTone(int seconds) {
    this.file = Tone.wav(seconds, 440);
  }

  /** The bytes; reading them waits in the middle. */
  InputStream stream() {
    int middle = file.length / 2;
    InputStream gate =
        new InputStream() {
          @Override
          public int read() throws IOException {
            half.countDown();
            await(rest);
            return -1;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    return new SequenceInputStream(
        new SequenceInputStream(new ByteArrayInputStream(file, 0, middle), gate),
        new ByteArrayInputStream(file, middle, file.length - middle));
  }

  /** Waits until the first half is on its way. */
  void awaitHalf() throws IOException {
    await(half);
  }

  void finish() {
    rest.countDown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("Waited in vain for the other side");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
