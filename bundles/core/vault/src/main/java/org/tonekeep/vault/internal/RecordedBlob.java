package org.tonekeep.vault.internal;

import java.time.Instant;
import org.tonekeep.storage.api.Blob;

/**
 * A remembered blob.
 *
 * @param adapter name of the store in which its bytes lie
 */
public record RecordedBlob(Blob blob, String adapter, Instant recordedAt) {}
