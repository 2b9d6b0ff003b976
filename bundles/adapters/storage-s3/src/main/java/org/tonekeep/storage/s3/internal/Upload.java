package org.tonekeep.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.storage.api.BlobExistsException;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.StorageUnavailableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * One upload. Whatever the answers were, only the object's mark tells whether these bytes are
 * there: an answer may be lost (the next try hears that the key is taken, by itself) or belong to
 * another question.
 */
final class Upload {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MARK_BYTES = 16;
  private static final int MOST_PARTS = 10_000;

  private final Bucket bucket;
  private final AtomicBoolean conditional;
  private final BlobKey key;
  private final String mark;
  private long length;

  // Whether the object may have come to be.
  private boolean sent;

  /**
   * @param conditional whether the server knows {@code If-None-Match}; made false when it does not
   */
  Upload(Bucket bucket, AtomicBoolean conditional, BlobKey key) {
    this.bucket = bucket;
    this.conditional = conditional;
    this.key = key;
    byte[] random = new byte[MARK_BYTES];
    RANDOM.nextBytes(random);
    this.mark = HexFormat.of().formatHex(random);
  }

  /** Sends the source's bytes and returns their number. */
  long run(InputStream source) throws IOException {
    if (bucket.head(key).isPresent()) {
      throw new BlobExistsException();
    }
    PartBuffer part = new PartBuffer(bucket.settings().partBytes());
    boolean more = take(part, source);
    boolean acknowledged = false;
    try {
      if (more) {
        settle(inParts(part, source));
      } else {
        settle(attempt(condition -> putWhole(part, condition)));
      }
      acknowledged = true;
      return length;
    } finally {
      if (!acknowledged && sent) {
        undo();
      }
    }
  }

  /** Counts here, not where parts are sent, so that the bucket's length tells of a lost one. */
  private boolean take(PartBuffer part, InputStream source) throws IOException {
    boolean more = part.fill(source);
    length += part.size();
    return more;
  }

  private void putWhole(PartBuffer part, @Nullable String condition) throws IOException {
    sent = true;
    var unused =
        bucket.call(
            c ->
                c.putObject(
                    r ->
                        r.bucket(bucket.name())
                            .key(bucket.object(key))
                            .metadata(metadata())
                            .serverSideEncryption(bucket.encryption())
                            .contentMD5(part.contentMd5())
                            .ifNoneMatch(condition),
                    part.body()));
  }

  private @Nullable SdkException inParts(PartBuffer part, InputStream source) throws IOException {
    String upload =
        bucket
            .ask(
                c ->
                    c.createMultipartUpload(
                        r ->
                            r.bucket(bucket.name())
                                .key(bucket.object(key))
                                .metadata(metadata())
                                .serverSideEncryption(bucket.encryption())))
            .uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = new ArrayList<>();
      parts.add(send(part, upload, 1));
      boolean more = true;
      while (more) {
        more = take(part, source);
        if (part.size() > 0) {
          parts.add(send(part, upload, parts.size() + 1));
        }
      }
      SdkException failure = attempt(condition -> finish(upload, parts, condition));
      complete = failure == null;
      return failure;
    } finally {
      if (!complete) {
        abort(upload);
      }
    }
  }

  private CompletedPart send(PartBuffer part, String upload, int number) throws IOException {
    if (number > MOST_PARTS) {
      throw new IOException("A blob has at most " + MOST_PARTS + " parts: make part.mib larger");
    }
    String etag =
        bucket
            .ask(
                c ->
                    c.uploadPart(
                        r ->
                            r.bucket(bucket.name())
                                .key(bucket.object(key))
                                .uploadId(upload)
                                .partNumber(number)
                                .contentMD5(part.contentMd5()),
                        part.body()))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private void finish(String upload, List<CompletedPart> parts, @Nullable String condition)
      throws IOException {
    sent = true;
    var unused =
        bucket.call(
            c ->
                c.completeMultipartUpload(
                    r ->
                        r.bucket(bucket.name())
                            .key(bucket.object(key))
                            .uploadId(upload)
                            .multipartUpload(m -> m.parts(parts))
                            .ifNoneMatch(condition)));
  }

  private Map<String, String> metadata() {
    return Map.of(Bucket.PATH, key.path(), Bucket.MARK, mark);
  }

  /** Writes on the condition that the key is free; without one where the server knows none. */
  private @Nullable SdkException attempt(Write write) throws IOException {
    try {
      write.on(conditional.get() ? "*" : null);
      return null;
    } catch (SdkException e) {
      if (Failures.status(e) != Failures.NOT_IMPLEMENTED || !conditional.get()) {
        return e;
      }
    }
    try {
      write.on(null);
      if (conditional.getAndSet(false)) {
        LOG.warn("The bucket knows no If-None-Match: two writers of one key are not kept apart");
      }
      return null;
    } catch (SdkException e) {
      return e;
    }
  }

  /** Looks what became of it. */
  private void settle(@Nullable SdkException failure) throws IOException {
    Optional<HeadObjectResponse> there = bucket.head(key);
    if (there.isPresent() && isOurs(there.get())) {
      if (there.get().contentLength() != length) {
        throw new IOException("The bucket keeps another number of bytes than it was given");
      }
      return;
    }
    if (there.isPresent()) {
      sent = false;
      BlobExistsException taken = new BlobExistsException();
      if (failure != null) {
        taken.initCause(failure);
      }
      throw taken;
    }
    if (failure == null) {
      throw new StorageUnavailableException(
          "The bucket does not show what it took", new IllegalStateException("Absent after write"));
    }
    throw Failures.of(failure);
  }

  private boolean isOurs(HeadObjectResponse there) {
    return mark.equals(there.metadata().get(Bucket.MARK));
  }

  /** Not acknowledged, so it must not stay. What cannot be taken back now is swept in a day. */
  private void undo() {
    try {
      Optional<HeadObjectResponse> there = bucket.head(key);
      if (there.isPresent() && isOurs(there.get())) {
        bucket.ask(
            c ->
                c.deleteObject(
                    r ->
                        r.bucket(bucket.name())
                            .key(bucket.object(key))
                            .versionId(there.get().versionId())));
      }
    } catch (IOException e) {
      LOG.warn("An upload that failed may lie in the bucket until the sweep", e);
    }
  }

  private void abort(String upload) {
    try {
      bucket.ask(
          c ->
              c.abortMultipartUpload(
                  r -> r.bucket(bucket.name()).key(bucket.object(key)).uploadId(upload)));
    } catch (IOException e) {
      LOG.warn("The parts of a failed upload lie in the bucket until they are a day old", e);
    }
  }

  /** Writes, on a condition if it is not null. */
  private interface Write {
    void on(@Nullable String condition) throws IOException;
  }
}
