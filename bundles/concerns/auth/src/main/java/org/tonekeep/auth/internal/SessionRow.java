package org.tonekeep.auth.internal;

import java.time.Instant;
import org.tonekeep.identity.api.AccountId;

/**
 * A stored session.
 *
 * @param id opaque, never the token
 * @param epoch of the account when it began; good while they are equal
 * @param label what may be kept of the device, sealed under the owner's key; empty when nothing is
 * @param lastSeen true to about a minute
 * @param expiresAt by the setting of the time when it began
 * @param provenAt when the person last proved in it to be the owner
 */
public record SessionRow(
    String id,
    AccountId account,
    long epoch,
    String label,
    Instant createdAt,
    Instant lastSeen,
    Instant expiresAt,
    Instant provenAt) {}
