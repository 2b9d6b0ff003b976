package org.tonekeep.storage.s3.internal;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A body that is what was asked for.
 *
 * @param total the object's length
 */
record Opened(ResponseInputStream<GetObjectResponse> body, long total) {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /**
   * Asks for a range that is not empty.
   *
   * @param etag of the object that was begun, or null for any
   * @throws NoSuchBlobException when absent
   * @throws OutsideException when the offset is not inside of the object
   * @throws ResumingStream.GoneException when the object of the etag is not there any more
   */
  static Opened of(Bucket bucket, BlobKey key, long offset, long length, @Nullable String etag)
      throws IOException {
    ResponseInputStream<GetObjectResponse> body;
    try {
      body =
          bucket.call(
              c ->
                  c.getObject(
                      r ->
                          r.bucket(bucket.name())
                              .key(bucket.object(key))
                              .range(range(offset, length))
                              .ifMatch(etag)));
    } catch (SdkException e) {
      throw translated(e, etag != null);
    }
    boolean good = false;
    try {
      Opened opened = new Opened(body, total(body.response(), offset, length));
      Bucket.requireAbout(key, body.response().metadata());
      good = etag == null || etag.equals(body.response().eTag());
      if (!good) {
        throw Bucket.misplaced();
      }
      return opened;
    } finally {
      if (!good) {
        body.abort();
      }
    }
  }

  private static IOException translated(SdkException failure, boolean begun) {
    int status = Failures.status(failure);
    if (begun && (status == Failures.NOT_FOUND || status == Failures.PRECONDITION_FAILED)) {
      return new ResumingStream.GoneException(failure);
    }
    if (status == Failures.NOT_FOUND && !Failures.code(failure).equals("NoSuchBucket")) {
      NoSuchBlobException absent = new NoSuchBlobException();
      absent.initCause(failure);
      return absent;
    }
    return status == Failures.RANGE_NOT_SATISFIABLE
        ? new OutsideException(failure)
        : Failures.of(failure);
  }

  private static String range(long offset, long length) {
    boolean open = length == BlobStore.TO_THE_END || length > Long.MAX_VALUE - offset;
    return "bytes=" + offset + "-" + (open ? "" : String.valueOf(offset + length - 1));
  }

  private static long total(GetObjectResponse answer, long offset, long length) throws IOException {
    String told = answer.contentRange();
    if (told == null) {
      // The server sends all when it does not care for ranges.
      if (offset != 0 || answer.contentLength() == null) {
        throw Bucket.misplaced();
      }
      return answer.contentLength();
    }
    Matcher match = RANGE.matcher(told);
    if (!match.matches()) {
      throw Bucket.misplaced();
    }
    long first = Long.parseLong(match.group(1));
    long last = Long.parseLong(match.group(2));
    long total = Long.parseLong(match.group(3));
    long wanted = Math.min(length, total - offset);
    if (first != offset || last != offset + wanted - 1) {
      throw Bucket.misplaced();
    }
    return total;
  }

  /** The offset is the object's length or more. */
  static final class OutsideException extends IOException {
    private static final long serialVersionUID = 1L;

    OutsideException(Throwable cause) {
      super("The offset is not inside of the object", cause);
    }
  }
}
