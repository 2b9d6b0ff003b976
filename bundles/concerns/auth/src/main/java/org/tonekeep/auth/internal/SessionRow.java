package org.tonekeep.auth.internal;

import java.time.Instant;
import org.tonekeep.identity.api.AccountId;

/**
 * A stored session.
 *
 * @param id opaque, never the token
 * @param lastSeen true to about a minute
 * @param expiresAt by the setting of the time when it began
 */
public record SessionRow(
    String id, AccountId account, Instant createdAt, Instant lastSeen, Instant expiresAt) {}
