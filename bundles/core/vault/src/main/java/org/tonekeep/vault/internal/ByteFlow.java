package org.tonekeep.vault.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import javax.servlet.AsyncContext;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes on their way to one client: one buffer, one open stream, no thread while the client is
 * slow. The container calls {@link #onWritePossible} when the client took what it was given.
 */
final class ByteFlow implements WriteListener {
  private static final Logger LOG = LoggerFactory.getLogger(ByteFlow.class);
  private static final int BUFFER = 64 << 10;

  private final AsyncContext async;
  private final ServletOutputStream out;
  private final InputStream in;
  private final byte[] buffer;
  private final Right right;
  private final LongConsumer ended;
  private final long length;
  private long rest;

  /**
   * @param right asked before each write; one that has ended breaks the connection
   * @param ended told how many bytes went out, when no more will; perhaps twice
   */
  ByteFlow(
      AsyncContext async,
      ServletOutputStream out,
      InputStream in,
      long length,
      Right right,
      LongConsumer ended) {
    this.async = async;
    this.out = out;
    this.in = in;
    this.length = length;
    this.rest = length;
    this.right = right;
    this.ended = ended;
    this.buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
  }

  @Override
  public void onWritePossible() throws IOException {
    // Only while ready: until then the container may still read the buffer.
    while (out.isReady()) {
      if (rest == 0) {
        finish();
        return;
      }
      right.require();
      int read = fill();
      rest -= read;
      out.write(buffer, 0, read);
    }
  }

  private int fill() throws IOException {
    try {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
      if (read < 0) {
        throw new IOException("The store gave fewer bytes than the blob has");
      }
      return read;
    } catch (IOException e) {
      LOG.warn("A store failed while a blob was served, with {} bytes to go", rest, e);
      throw e;
    }
  }

  private void finish() throws IOException {
    ended.accept(length);
    in.close();
    async.complete();
  }

  @Override
  public void onError(Throwable failure) {
    // A listener who goes away is no news; the container breaks the connection.
    LOG.debug("A byte stream ended early with {} bytes to go", rest, failure);
    ended.accept(length - rest);
    try {
      in.close();
    } catch (IOException e) {
      LOG.debug("The stream of a blob did not close", e);
    }
    async.complete();
  }
}
