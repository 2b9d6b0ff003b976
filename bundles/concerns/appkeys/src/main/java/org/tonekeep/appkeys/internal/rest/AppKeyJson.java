package org.tonekeep.appkeys.internal.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param name for its owner, 1 to 60 characters
 * @param scope {@code read}, {@code upload}, both with a blank between them, or {@code subsonic}
 * @param expiresAt a year from now when absent
 */
public record AppKeyJson(
    @Nullable String name, @Nullable String scope, @Nullable Instant expiresAt) {}
