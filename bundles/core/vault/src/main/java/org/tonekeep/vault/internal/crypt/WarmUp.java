package org.tonekeep.vault.internal.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/**
 * Encrypts and decrypts zeroes at the start, in the background: Java uses the processor's AES only
 * after some thousand calls, and till then is ten times as slow. It goes on until that is seen, for
 * a busy machine compiles late.
 */
@Component(service = WarmUp.class, immediate = true)
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final int ROUND = 16 << 20;
  private static final int LEAST = 4;
  private static final int MOST = 24;

  /** A round at full speed takes a quarter of it, one that is not compiled ten times as long. */
  private static final long SOON_NANOS = 80_000_000;

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private final Thread thread = new Thread(this::run, "tonekeep-warm-up");
  private volatile boolean over;

  /** Begins; the priority is but a wish. */
  @Activate
  @SuppressWarnings("ThreadPriorityCheck")
  public WarmUp() {
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  /** Ends it early. */
  @Deactivate
  public void stop() {
    over = true;
  }

  /** Waits for its end. */
  void await() throws InterruptedException {
    thread.join();
  }

  private void run() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try {
      int swift = 0;
      for (int round = 1; !over && round <= MOST && (round <= LEAST || swift < 2); round++) {
        long start = threads.getCurrentThreadCpuTime();
        warm(ROUND);
        long nanos = threads.getCurrentThreadCpuTime() - start;
        swift = nanos < SOON_NANOS ? swift + 1 : 0;
        LOG.debug("Round {} took {} ms of processor time", round, nanos / 1_000_000);
      }
    } catch (IOException e) {
      LOG.warn("Encryption was not warmed up", e);
    }
  }

  /** As a blob is written and read, without a store and an owner. */
  private void warm(long length) throws IOException {
    BlobKey key = new BlobKey(new TenantId("nobody"), NOBODY, "none", NOBODY);
    byte[] data = DataKeys.newKey();
    EncryptingSource encrypted =
        new EncryptingSource(
            new Zeroes(length), DataKeys.seal(key, data, new byte[BlobFormat.WRAPPED]));
    byte[] header = encrypted.readNBytes(BlobFormat.HEADER);
    try (InputStream plain =
        new DecryptedStream(encrypted, DataKeys.open(key, data, header), 0, length, NEVER)) {
      byte[] buffer = new byte[BlobFormat.SEGMENT];
      int read = 0;
      while (read >= 0 && !over) {
        read = plain.read(buffer);
      }
    }
  }

  private static final DecryptedStream.Watch NEVER =
      new DecryptedStream.Watch() {
        @Override
        public void segment() {}

        @Override
        public DamagedBlobException damaged(DamagedBlobException how) {
          return how;
        }
      };

  /** So many of them. */
  private static final class Zeroes extends InputStream {
    private long left;

    Zeroes(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
      if (left <= 0) {
        return -1;
      }
      int now = (int) Math.min(wanted, left);
      left -= now;
      return now;
    }
  }
}
