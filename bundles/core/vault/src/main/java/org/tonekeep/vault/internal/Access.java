package org.tonekeep.vault.internal;

import java.time.Instant;
import java.util.Optional;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.BlobKey;

/**
 * One access: what happens under one signed address, from its first use until it is over.
 *
 * @param id the address's nonce
 * @param subject the id by which people know what is read
 * @param reader who reads; empty where it is nobody with an account
 * @param right kind of the right by which it is read, such as {@code session}
 * @param rightId id within the kind
 * @param peer what may be stored of the network, see {@link org.tonekeep.rest.api.Peer#tag}
 * @param requests so far
 * @param bytes that were given to the network so far
 */
public record Access(
    String id,
    BlobKey key,
    String subject,
    Optional<AccountId> reader,
    String right,
    String rightId,
    String peer,
    Instant expiresAt,
    long requests,
    long bytes) {
  /** The same access of nobody. */
  Access byNobody() {
    return new Access(
        id, key, subject, Optional.empty(), right, rightId, "", expiresAt, requests, bytes);
  }
}
