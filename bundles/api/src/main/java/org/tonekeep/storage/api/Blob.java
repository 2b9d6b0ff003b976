package org.tonekeep.storage.api;

/**
 * A blob that the vault has received.
 *
 * @param length in bytes
 * @param sha256 of the bytes, lower-case hexadecimal
 * @param mediaType what the bytes are, by their content
 * @param adapter name of the store that took the bytes: there they lie, whatever the tenant chooses
 *     later
 */
public record Blob(BlobKey key, long length, String sha256, String mediaType, String adapter) {}
