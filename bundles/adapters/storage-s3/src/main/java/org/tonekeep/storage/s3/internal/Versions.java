package org.tonekeep.storage.s3.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.StorageUnavailableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * Deletes an object with all its versions and delete markers: in a bucket that keeps versions
 * (Backblaze's always do) a plain delete only hides. A server that cannot list versions has none.
 */
final class Versions {
  private static final Logger LOG = LoggerFactory.getLogger(Versions.class);
  private static final int ROUNDS = 5;

  private final Bucket bucket;
  private final AtomicBoolean listed = new AtomicBoolean(true);

  Versions(Bucket bucket) {
    this.bucket = bucket;
  }

  /** Deletes all and looks that nothing is left; whether there was a visible object. */
  boolean delete(BlobKey key) throws IOException {
    boolean visible = bucket.head(key).isPresent();
    for (int round = 0; round < ROUNDS; round++) {
      Optional<List<String>> versions = versions(key);
      if (versions.isPresent()) {
        if (versions.get().isEmpty()) {
          return visible;
        }
        for (String version : versions.get()) {
          remove(key, version);
        }
      } else {
        if (isAbsent(key)) {
          return visible;
        }
        remove(key, "");
      }
    }
    throw new StorageUnavailableException(
        "The bucket still shows what it deleted", new IllegalStateException("Present"));
  }

  private void remove(BlobKey key, String version) throws IOException {
    try {
      var unused =
          bucket.call(
              c ->
                  c.deleteObject(
                      r -> {
                        r.bucket(bucket.name()).key(bucket.object(key));
                        if (!version.isEmpty()) {
                          r.versionId(version);
                        }
                      }));
    } catch (SdkException e) {
      // Gone already, by a try whose answer was lost or by another; the next look tells.
      if (Failures.status(e) != Failures.NOT_FOUND) {
        throw Failures.of(e);
      }
    }
  }

  /** The first page of the object's versions and markers; empty when the server lists none. */
  private Optional<List<String>> versions(BlobKey key) throws IOException {
    if (!listed.get()) {
      return Optional.empty();
    }
    String object = bucket.object(key);
    ListObjectVersionsResponse page;
    try {
      page = bucket.call(c -> c.listObjectVersions(r -> r.bucket(bucket.name()).prefix(object)));
    } catch (SdkException e) {
      // Not for a missing permission: then versions may stay, and nobody would know.
      if (Failures.status(e) != Failures.NOT_IMPLEMENTED) {
        throw Failures.of(e);
      }
      if (listed.getAndSet(false)) {
        LOG.info("The bucket lists no versions, so it is taken to keep none");
      }
      return Optional.empty();
    }
    bucket.requireAbout(object, page.prefix());
    List<String> all = new ArrayList<>();
    page.versions().stream()
        .filter(v -> v.key().equals(object))
        .forEach(v -> all.add(v.versionId()));
    page.deleteMarkers().stream()
        .filter(m -> m.key().equals(object))
        .forEach(m -> all.add(m.versionId()));
    return Optional.of(all);
  }

  private boolean isAbsent(BlobKey key) throws IOException {
    String object = bucket.object(key);
    var page =
        bucket.ask(c -> c.listObjectsV2(r -> r.bucket(bucket.name()).prefix(object).maxKeys(1)));
    bucket.requireAbout(object, page.prefix());
    return page.contents().stream().noneMatch(o -> o.key().equals(object));
  }
}
