package org.tonekeep.storage.api;

import java.time.Instant;

/** What a store knows of a blob: its length in bytes and when it was written. */
public record BlobStat(BlobKey key, long length, Instant modified) {}
