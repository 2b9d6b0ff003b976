package org.tonekeep.storage.s3.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.StorageUnavailableException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the library's exceptions mean to us. */
final class Failures {
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int PRECONDITION_FAILED = 412;
  static final int RANGE_NOT_SATISFIABLE = 416;
  static final int NOT_IMPLEMENTED = 501;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int INSUFFICIENT_STORAGE = 507;

  private Failures() {}

  /** The status of the answer; 0 when there was none. */
  static int status(SdkException failure) {
    return failure instanceof AwsServiceException answer ? answer.statusCode() : 0;
  }

  /** The name that the server gives to its answer, such as {@code NoSuchKey}; empty for none. */
  static String code(SdkException failure) {
    return failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? String.valueOf(answer.awsErrorDetails().errorCode())
        : "";
  }

  /** The failure in our words; the server's, which may repeat anything, are only in the cause. */
  static IOException of(SdkException failure) {
    if (failure instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      InterruptedIOException interrupted = new InterruptedIOException("Interrupted");
      interrupted.initCause(failure);
      return interrupted;
    }
    int status = status(failure);
    String code = code(failure);
    if (status == INSUFFICIENT_STORAGE || code.contains("QuotaExceeded") || full(failure)) {
      StorageFullException full = new StorageFullException();
      full.initCause(failure);
      return full;
    }
    if (status == 0) {
      return new StorageUnavailableException("The bucket does not answer", failure);
    }
    if (status == TOO_MANY_REQUESTS || status == CONFLICT || status >= 500) {
      return new StorageUnavailableException(
          "The bucket answers " + status + " " + code + " for now", failure);
    }
    return new IOException("The bucket refuses with " + status + " " + code, failure);
  }

  /** Backblaze says it so, under the code of a missing permission. */
  private static boolean full(SdkException failure) {
    return String.valueOf(failure.getMessage()).contains("storage cap");
  }
}
