package org.tonekeep.audit.internal;

import java.time.Instant;

/**
 * A tenant's tree.
 *
 * @param sealedKey the log's key as the key ring sealed it, base64url
 * @param checkpoint the last one as a signed note; empty before the first entry
 */
record TreeRow(String origin, String sealedKey, long leaves, String checkpoint, Instant signedAt) {}
