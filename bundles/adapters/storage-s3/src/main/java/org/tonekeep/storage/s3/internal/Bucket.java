package org.tonekeep.storage.s3.internal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.StorageUnavailableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The bucket, asked and answered in our words. */
final class Bucket implements AutoCloseable {
  /** Metadata of an object: the path of its blob, so that an answer about another one is seen. */
  static final String PATH = "tonekeep-path";

  /** Metadata of an object: which call wrote it. */
  static final String MARK = "tonekeep-mark";

  private static final int FIRST_SERVER_ERROR = 500;

  private final S3Client client;
  private final S3Settings settings;
  private final Breaker breaker = new Breaker();

  Bucket(S3Client client, S3Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  S3Settings settings() {
    return settings;
  }

  String name() {
    return settings.bucket();
  }

  String object(BlobKey key) {
    return settings.nameOf(key.path());
  }

  /**
   * Asks.
   *
   * @throws SdkException as the bucket answers
   * @throws StorageUnavailableException when it is taken to be down
   */
  <T> T call(Function<S3Client, T> question) throws StorageUnavailableException {
    breaker.enter();
    try {
      T answer = question.apply(client);
      breaker.answered();
      return answer;
    } catch (SdkException e) {
      int status = Failures.status(e);
      if (status == 0 || (status >= FIRST_SERVER_ERROR && status != Failures.NOT_IMPLEMENTED)) {
        breaker.failed();
      } else {
        breaker.answered();
      }
      throw e;
    }
  }

  /** Asks; failures become ours. */
  <T> T ask(Function<S3Client, T> question) throws IOException {
    try {
      return call(question);
    } catch (SdkException e) {
      throw Failures.of(e);
    }
  }

  /** What the bucket says of the blob; empty when it is absent. */
  Optional<HeadObjectResponse> head(BlobKey key) throws IOException {
    HeadObjectResponse head;
    try {
      head = call(c -> c.headObject(r -> r.bucket(name()).key(object(key))));
    } catch (SdkException e) {
      if (Failures.status(e) == Failures.NOT_FOUND) {
        return Optional.empty();
      }
      throw Failures.of(e);
    }
    requireAbout(key, head.metadata());
    if (head.contentLength() == null || head.lastModified() == null) {
      throw misplaced();
    }
    return Optional.of(head);
  }

  /** An answer about an object repeats what the object was named when it was written. */
  static void requireAbout(BlobKey key, Map<String, String> metadata) throws IOException {
    if (!key.path().equals(metadata.get(PATH))) {
      throw misplaced();
    }
  }

  /** A list says which names it is about. */
  void requireAbout(String asked, String answered) throws IOException {
    if (!asked.equals(answered)) {
      throw misplaced();
    }
  }

  static StorageUnavailableException misplaced() {
    return new StorageUnavailableException(
        "The bucket gave an answer about something else", new IllegalStateException("Out of step"));
  }

  /** What the server is told to encrypt with; null sends no header. */
  @SuppressWarnings("NullAway")
  ServerSideEncryption encryption() {
    return switch (settings.encryption()) {
      case AES256 -> ServerSideEncryption.AES256;
      case KMS -> ServerSideEncryption.AWS_KMS;
      case NONE -> null;
    };
  }

  /** Ends the connections; reads that are under way fail. */
  @Override
  public void close() {
    client.close();
  }
}
