package org.tonekeep.decoder.ffmpeg.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running ffmpeg and the threads that serve it: one drains its messages, one feeds it when its
 * input is a pipe, one watches that it neither stalls nor works for ever. {@link #close} ends all
 * of it, whatever happened.
 */
final class DecoderProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderProcess.class);

  private final Process process;
  private final Diagnostics diagnostics;
  private final Watch watch;
  private final @Nullable InputStream source;
  private volatile @Nullable IOException sourceFailure;

  private DecoderProcess(Process process, @Nullable InputStream source, DecoderLimits limits) {
    this.process = process;
    this.source = source;
    this.diagnostics = new Diagnostics(process.getErrorStream());
    this.watch = new Watch(limits);
    start("decoder-messages", diagnostics);
    start("decoder-watch", watch);
    if (source != null) {
      start("decoder-feed", () -> feed(source));
    }
  }

  /** Starts with the source as a pipe. */
  static DecoderProcess piped(ProcessBuilder command, InputStream source, DecoderLimits limits)
      throws IOException {
    return new DecoderProcess(command.start(), source, limits);
  }

  /** Starts with a file as descriptor 0. */
  static DecoderProcess withFile(ProcessBuilder command, Path file, DecoderLimits limits)
      throws IOException {
    return new DecoderProcess(command.redirectInput(file.toFile()).start(), null, limits);
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /** The decoded stream; reading from it is what the watch measures. */
  InputStream output() {
    return watch.watched(process.getInputStream());
  }

  /**
   * Waits for the end of a process whose output has ended.
   *
   * @return its exit status
   * @throws IOException when the source failed or the process had to be stopped
   */
  int awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
      throw new IOException("The decoder did not end");
    }
    diagnostics.awaitEnd();
    IOException failure = sourceFailure;
    if (failure != null) {
      throw new IOException("The audio could not be read from the store", failure);
    }
    if (watch.fired()) {
      throw new IOException("The decoder took too long and was stopped");
    }
    return process.exitValue();
  }

  private void feed(InputStream in) {
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = process.getOutputStream()) {
      while (true) {
        int n;
        try {
          n = in.read(buffer);
        } catch (IOException e) {
          sourceFailure = e;
          kill();
          return;
        }
        if (n < 0) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      LOG.trace("The decoder wanted no more input", e);
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    watch.stop();
    kill();
    for (Closeable stream :
        new Closeable[] {
          process.getInputStream(), process.getErrorStream(), process.getOutputStream()
        }) {
      closeQuietly(stream);
    }
    if (source != null) {
      closeQuietly(source);
    }
  }

  private static void closeQuietly(Closeable stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.trace("A stream of a killed process broke on closing", e);
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Counts only the time in which we wait for the process, not that of whoever takes the audio. */
  private final class Watch implements Runnable {
    private static final long IDLE = Long.MIN_VALUE;
    private final DecoderLimits limits;
    private volatile long waitingSince = IDLE;
    private volatile long waited;
    private volatile boolean fired;
    private boolean stopped;

    Watch(DecoderLimits limits) {
      this.limits = limits;
    }

    @Override
    public synchronized void run() {
      while (!stopped) {
        long since = waitingSince;
        long now = since == IDLE ? 0 : System.nanoTime() - since;
        if (over(now, limits.stall()) || over(waited + now, limits.work())) {
          fired = true;
          kill();
          return;
        }
        try {
          wait(500);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    private static boolean over(long nanos, Duration limit) {
      return nanos > limit.toNanos();
    }

    synchronized void stop() {
      stopped = true;
      notifyAll();
    }

    boolean fired() {
      return fired;
    }

    InputStream watched(InputStream in) {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          long since = System.nanoTime();
          waitingSince = since;
          try {
            return in.read(target, offset, length);
          } finally {
            waitingSince = IDLE;
            add(System.nanoTime() - since);
          }
        }
      };
    }

    private synchronized void add(long nanos) {
      waited += nanos;
    }
  }
}
