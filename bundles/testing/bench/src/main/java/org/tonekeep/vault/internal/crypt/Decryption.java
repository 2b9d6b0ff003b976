package org.tonekeep.vault.internal.crypt;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.fs.internal.FsBlobStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestKeys;

/**
 * One way of decrypting in a JVM of its own: successive slices of 32 MiB by the thread's processor
 * time, then ranges of 64 KiB. {@code run} calls it once per way.
 */
public final class Decryption {
  private static final TenantId TENANT = new TenantId("bench");
  private static final String ID = "01890000-0000-7000-8000-000000000001";
  private static final BlobKey KEY = new BlobKey(TENANT, ID, "original", ID);
  private static final int SLICE = 32 << 20;
  private static final int SLICES = 12;
  private static final int RANGE = 64 << 10;
  private static final int RANGES = 4000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final byte[] buffer = new byte[16 << 10];

  private Decryption() {}

  /**
   * @param arguments a way ({@code write}, {@code ours}, {@code cold}, {@code tink-stream}, {@code
   *     tink-seekable}) and a folder
   */
  public static void main(String[] arguments)
      throws IOException, GeneralSecurityException, InterruptedException {
    String way = arguments[0];
    Path folder = Path.of(arguments[1]);
    Decryption bench = new Decryption();
    switch (way) {
      case "write" -> bench.write(folder);
      case "ours", "cold" -> bench.ours(way, folder);
      default -> bench.tink(way, folder.resolve("tink"));
    }
  }

  private static BlobStore store(Path folder) throws IOException {
    TestKeys keys = new TestKeys();
    keys.create(TENANT, ID);
    return new EncryptedBlobStore(new FsBlobStore(folder.resolve("blobs")), keys, (key, how) -> {});
  }

  private static AesGcmHkdfStreaming tink() throws GeneralSecurityException {
    return new AesGcmHkdfStreaming(
        Arrays.copyOf(new byte[] {1}, BlobFormat.DATA_KEY),
        "HmacSHA256",
        BlobFormat.DATA_KEY,
        BlobFormat.SEGMENT,
        0);
  }

  private void write(Path folder) throws IOException, GeneralSecurityException {
    try (InputStream zeroes = zeroes()) {
      long unused = store(folder).put(KEY, zeroes);
    }
    try (InputStream zeroes = zeroes();
        var out =
            tink()
                .newEncryptingStream(Files.newOutputStream(folder.resolve("tink")), new byte[8])) {
      long unused = zeroes.transferTo(out);
    }
  }

  private static InputStream zeroes() {
    return new InputStream() {
      private long left = (long) SLICE * SLICES;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] into, int offset, int wanted) {
        int now = (int) Math.min(wanted, left);
        left -= now;
        return now == 0 ? -1 : now;
      }
    };
  }

  private void ours(String way, Path folder) throws IOException, InterruptedException {
    BlobStore store = store(folder);
    if (way.equals("ours")) {
      long start = System.nanoTime();
      new WarmUp().await();
      say(way, "warm-up, wall clock", (System.nanoTime() - start) / 1e6, "ms");
    }
    try (InputStream in = store.read(KEY, 0, BlobStore.TO_THE_END)) {
      slices(way, in);
    }
    ranges(way, (offset, length) -> store.read(KEY, offset, length));
  }

  private void tink(String way, Path file) throws IOException, GeneralSecurityException {
    Source source =
        (offset, length) -> {
          try {
            if (way.equals("tink-stream")) {
              InputStream in = tink().newDecryptingStream(Files.newInputStream(file), new byte[8]);
              in.skipNBytes(offset);
              return in;
            }
            SeekableByteChannel channel =
                tink()
                    .newSeekableDecryptingChannel(
                        FileChannel.open(file, StandardOpenOption.READ), new byte[8]);
            return Channels.newInputStream(channel.position(offset));
          } catch (GeneralSecurityException e) {
            throw new IOException(e);
          }
        };
    try (InputStream in = source.open(0, BlobStore.TO_THE_END)) {
      slices(way, in);
    }
    if (way.equals("tink-seekable")) {
      ranges(way, source);
    }
  }

  private interface Source {
    InputStream open(long offset, long length) throws IOException;
  }

  private void slices(String way, InputStream in) throws IOException {
    StringBuilder each = new StringBuilder();
    double slowest = Double.MAX_VALUE;
    long total = 0;
    for (int i = 0; i < SLICES; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int read = 0; read < SLICE; ) {
        int now = in.read(buffer, 0, Math.min(buffer.length, SLICE - read));
        if (now < 0) {
          throw new IOException("The blob ends early");
        }
        read += now;
      }
      long nanos = THREADS.getCurrentThreadCpuTime() - start;
      total += nanos;
      double rate = SLICE * 1e3 / nanos;
      slowest = Math.min(slowest, rate);
      each.append(String.format(Locale.ROOT, " %.0f", rate));
    }
    say(
        way,
        "MB/s of thread CPU, slices of 32 MiB:" + each + "; all",
        (double) SLICE * SLICES * 1e3 / total,
        "MB/s");
    say(way, "slowest slice", slowest, "MB/s");
  }

  private void ranges(String way, Source source) throws IOException {
    Random random = new Random(1);
    long[] wall = new long[RANGES];
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long cpu = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < RANGES; i++) {
      long offset = random.nextLong((long) SLICE * SLICES - RANGE);
      long start = System.nanoTime();
      try (InputStream in = source.open(offset, RANGE)) {
        if (in.readNBytes(buffer, 0, 1) + drain(in, RANGE - 1) != RANGE) {
          throw new IOException("A range is short");
        }
      }
      wall[i] = System.nanoTime() - start;
    }
    cpu = THREADS.getCurrentThreadCpuTime() - cpu;
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    Arrays.sort(wall);
    say(way, "range of 64 KiB, open to close: thread CPU", cpu / 1e3 / RANGES, "us");
    say(way, "range of 64 KiB: wall clock, median", wall[RANGES / 2] / 1e3, "us");
    say(way, "range of 64 KiB: wall clock, 99 of 100", wall[RANGES * 99 / 100] / 1e3, "us");
    say(way, "allocated for a range", bytes / 1024.0 / RANGES, "KiB");
  }

  private int drain(InputStream in, int length) throws IOException {
    int read = 0;
    while (read < length) {
      int now = in.read(buffer, 0, Math.min(buffer.length, length - read));
      if (now < 0) {
        return read;
      }
      read += now;
    }
    return read;
  }

  private static void say(String way, String what, double figure, String unit) {
    System.out.printf(Locale.ROOT, "%-14s %-70s %9.1f %s%n", way, what, figure, unit);
  }
}
