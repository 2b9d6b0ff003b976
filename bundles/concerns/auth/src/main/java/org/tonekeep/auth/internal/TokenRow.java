package org.tonekeep.auth.internal;

import java.time.Instant;
import org.tonekeep.identity.api.AccountId;

/**
 * A stored link of a mail.
 *
 * @param epoch of the account when it was made; good while they are equal
 * @param detail sealed under the owner's key; empty when there is none
 */
public record TokenRow(
    AccountId account,
    TokenKind kind,
    long epoch,
    String detail,
    Instant createdAt,
    Instant expiresAt) {}
