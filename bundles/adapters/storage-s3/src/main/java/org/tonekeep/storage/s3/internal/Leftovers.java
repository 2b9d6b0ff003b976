package org.tonekeep.storage.s3.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Aborts uploads that nobody finished: their parts cost room and are seen by no list. */
final class Leftovers {
  static final Duration AGE = Duration.ofDays(1);

  private final Bucket bucket;
  private final Clock clock;

  Leftovers(Bucket bucket, Clock clock) {
    this.bucket = bucket;
    this.clock = clock;
  }

  /** Aborts those below our prefix that are older than a day; returns how many. */
  int sweep() throws IOException {
    Instant before = clock.instant().minus(AGE);
    int aborted = 0;
    String keyMarker = "";
    String idMarker = "";
    boolean more = true;
    while (more) {
      ListMultipartUploadsResponse page = page(keyMarker, idMarker);
      List<MultipartUpload> old =
          page.uploads().stream()
              .filter(u -> u.key().startsWith(bucket.settings().prefix()))
              .filter(u -> u.initiated().isBefore(before))
              .toList();
      for (MultipartUpload upload : old) {
        bucket.ask(
            c ->
                c.abortMultipartUpload(
                    r -> r.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId())));
        aborted++;
      }
      more = Boolean.TRUE.equals(page.isTruncated()) && page.nextKeyMarker() != null;
      keyMarker = String.valueOf(page.nextKeyMarker());
      idMarker = String.valueOf(page.nextUploadIdMarker());
    }
    return aborted;
  }

  private ListMultipartUploadsResponse page(String keyMarker, String idMarker) throws IOException {
    return bucket.ask(
        c ->
            c.listMultipartUploads(
                r -> {
                  r.bucket(bucket.name());
                  if (!bucket.settings().prefix().isEmpty()) {
                    r.prefix(bucket.settings().prefix());
                  }
                  if (!keyMarker.isEmpty()) {
                    r.keyMarker(keyMarker).uploadIdMarker(idMarker);
                  }
                }));
  }
}
