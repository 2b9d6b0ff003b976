package org.tonekeep.storage.api;

/**
 * A blob that the vault has received.
 *
 * @param length in bytes
 * @param sha256 of the bytes, lower-case hexadecimal
 * @param mediaType what the bytes are, by their content
 */
public record Blob(BlobKey key, long length, String sha256, String mediaType) {}
