package org.tonekeep.storage.s3.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.StorageUnavailableException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A range of an object that comes whole or fails. When the connection breaks, or ends early, it
 * asks for the rest of the very same object, a bounded number of times without real progress.
 */
final class ResumingStream extends InputStream {
  private static final int TRIES = 6;
  private static final long PROGRESS = 64 << 10;
  private static final long FIRST_WAIT_MILLIS = 50;

  private final Bucket bucket;
  private final BlobKey key;
  private final long end;
  private final String etag;
  private long position;
  private long since;
  private int failures;
  private @Nullable ResponseInputStream<GetObjectResponse> body;
  private boolean closed;

  private ResumingStream(Bucket bucket, BlobKey key, Opened opened, long offset, long length) {
    this.bucket = bucket;
    this.key = key;
    this.position = offset;
    this.since = offset;
    this.end = offset + Math.min(length, opened.total() - offset);
    this.etag = opened.body().response().eTag();
    this.body = opened.body();
  }

  /**
   * Opens a range that is not empty and begins inside of the object.
   *
   * @throws SdkException as the bucket answers
   */
  static ResumingStream open(Bucket bucket, BlobKey key, long offset, long length)
      throws IOException {
    IOException last = new EOFException();
    for (int failures = 0; failures < TRIES; failures++) {
      try {
        return new ResumingStream(
            bucket, key, Opened.of(bucket, key, offset, length, null), offset, length);
      } catch (StorageUnavailableException outOfStep) {
        last = outOfStep;
        pause(failures);
      }
    }
    throw last;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    if (closed) {
      throw new IOException("The stream is closed");
    }
    if (wanted == 0) {
      return 0;
    }
    if (position == end) {
      return -1;
    }
    int most = (int) Math.min(wanted, end - position);
    while (true) {
      try {
        int now = current().read(into, offset, most);
        if (now > 0) {
          position += now;
          return now;
        }
        resume(new EOFException("A body ended early"));
      } catch (IOException e) {
        resume(e);
      } catch (SdkException e) {
        resume(Failures.of(e));
      }
    }
  }

  private InputStream current() throws IOException {
    ResponseInputStream<GetObjectResponse> open = body;
    if (open == null) {
      open = Opened.of(bucket, key, position, end - position, etag).body();
      body = open;
    }
    return open;
  }

  /** Prepares the next try, or gives up. */
  private void resume(IOException failure) throws IOException {
    drop();
    if (failure instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    if (position - since >= PROGRESS) {
      failures = 0;
    }
    since = position;
    failures++;
    if (failures >= TRIES || failure instanceof GoneException) {
      throw new StorageUnavailableException(
          "A blob broke off with " + (end - position) + " bytes to go", failure);
    }
    pause(failures);
  }

  /** Full jitter. */
  private static void pause(int failures) throws IOException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(FIRST_WAIT_MILLIS << failures));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("Interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private void drop() {
    ResponseInputStream<GetObjectResponse> open = body;
    body = null;
    if (open != null) {
      open.abort();
    }
  }

  /** Ends the connection unless all was read; nobody waits for bytes that nobody wants. */
  @Override
  public void close() throws IOException {
    closed = true;
    ResponseInputStream<GetObjectResponse> open = body;
    body = null;
    if (open == null) {
      return;
    }
    if (position == end) {
      open.close();
    } else {
      open.abort();
    }
  }

  /** The object is not the one that was begun. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    GoneException(Throwable cause) {
      super("The blob was deleted meanwhile", cause);
    }
  }
}
