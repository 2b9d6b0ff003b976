/**
 * Blobs in a bucket. The law: an answer counts only when it is about what was asked. A network
 * loses, repeats and cuts answers, so each object carries its own name and the random mark of the
 * call that wrote it, and an upload is acknowledged when the bucket shows that mark. {@link
 * S3BlobStore} is the store, {@link Bucket} asks, {@link Upload} writes, {@link ResumingStream}
 * reads, {@link Versions} deletes, {@link Leftovers} tidies; {@link S3Start} registers the store
 * while a bucket is configured.
 */
@NullMarked
package org.tonekeep.storage.s3.internal;

import org.jspecify.annotations.NullMarked;
