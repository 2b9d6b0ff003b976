package org.tonekeep.vault.internal;

import java.time.Instant;
import org.tonekeep.storage.api.Blob;

/** A remembered blob and when it was recorded. */
public record RecordedBlob(Blob blob, Instant recordedAt) {}
