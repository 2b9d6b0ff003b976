package org.tonekeep.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.tenant.api.TenantId;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Blobs as objects below one prefix of one bucket. */
final class S3BlobStore implements BlobStore {
  private static final Pattern OWNER = Pattern.compile("[0-9a-f-]{36}");
  private static final int PARTS = 4;

  private final Bucket bucket;
  private final Versions versions;
  private final AtomicBoolean conditional = new AtomicBoolean(true);

  S3BlobStore(Bucket bucket) {
    this.bucket = bucket;
    this.versions = new Versions(bucket);
  }

  @Override
  public long put(BlobKey key, InputStream source) throws IOException {
    if (!bucket.settings().kinds().isEmpty() && !bucket.settings().kinds().contains(key.kind())) {
      throw new IOException("The bucket takes no blobs of kind " + key.kind());
    }
    return new Upload(bucket, conditional, key).run(source);
  }

  @Override
  public Optional<BlobStat> stat(BlobKey key) throws IOException {
    return bucket
        .head(key)
        .map(head -> new BlobStat(key, head.contentLength(), seconds(head.lastModified())));
  }

  /** A list tells milliseconds and a head does not; they must not differ. */
  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public InputStream read(BlobKey key, long offset, long length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("An offset is 0 to the length, a length 0 or more");
    }
    if (length == 0) {
      return nothing(key, offset);
    }
    try {
      return ResumingStream.open(bucket, key, offset, length);
    } catch (Opened.OutsideException atTheEndOrPastIt) {
      return nothing(key, offset);
    }
  }

  private InputStream nothing(BlobKey key, long offset) throws IOException {
    HeadObjectResponse head = bucket.head(key).orElseThrow(NoSuchBlobException::new);
    if (offset > head.contentLength()) {
      throw new IllegalArgumentException("An offset is 0 to the length");
    }
    return InputStream.nullInputStream();
  }

  @Override
  public boolean delete(BlobKey key) throws IOException {
    return versions.delete(key);
  }

  @Override
  public List<BlobStat> list(TenantId tenant, String owner, String after, int limit)
      throws IOException {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("A page has 1 to 1000 blobs");
    }
    if (!owner.isEmpty() && !OWNER.matcher(owner).matches()) {
      throw new IllegalArgumentException("Not an owner");
    }
    String prefix =
        bucket.settings().nameOf(tenant.value() + "/" + (owner.isEmpty() ? "" : owner + "/"));
    String last = after.isEmpty() ? "" : bucket.settings().nameOf(after);
    List<BlobStat> page = new ArrayList<>();
    boolean more = true;
    while (more && page.size() < limit) {
      ListObjectsV2Response answer = page(prefix, last, limit - page.size());
      for (S3Object object : answer.contents()) {
        stat(tenant, object).ifPresent(page::add);
        last = object.key();
      }
      more = Boolean.TRUE.equals(answer.isTruncated()) && !answer.contents().isEmpty();
    }
    return List.copyOf(page);
  }

  private ListObjectsV2Response page(String prefix, String after, int limit) throws IOException {
    ListObjectsV2Response answer =
        bucket.ask(
            c ->
                c.listObjectsV2(
                    r -> {
                      r.bucket(bucket.name()).prefix(prefix).maxKeys(limit);
                      if (!after.isEmpty()) {
                        r.startAfter(after);
                      }
                    }));
    bucket.requireAbout(prefix, answer.prefix());
    return answer;
  }

  /** Empty for an object that is none of ours. */
  private Optional<BlobStat> stat(TenantId tenant, S3Object object) {
    String[] path = object.key().substring(bucket.settings().prefix().length()).split("/", -1);
    if (path.length != PARTS) {
      return Optional.empty();
    }
    try {
      BlobKey key = new BlobKey(tenant, path[1], path[2], path[3]);
      return Optional.of(new BlobStat(key, object.size(), seconds(object.lastModified())));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
