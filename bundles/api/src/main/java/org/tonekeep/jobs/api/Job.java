package org.tonekeep.jobs.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tonekeep.tenant.api.TenantId;

/**
 * A job as it stands.
 *
 * @param attempt how often it was begun
 * @param done units of work done, of {@code total} (0 when unknown)
 * @param stage a word for people, such as {@code decoding}
 * @param failure why it failed or was retried last, for people; null when it never did
 * @param runAt not before this time
 */
public record Job(
    TenantId tenant,
    JobId id,
    JobRequest request,
    JobState state,
    int attempt,
    long done,
    long total,
    String stage,
    @Nullable String failure,
    Instant createdAt,
    Instant runAt) {}
