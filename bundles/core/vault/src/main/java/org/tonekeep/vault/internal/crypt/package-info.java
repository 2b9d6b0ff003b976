/**
 * Encryption at rest. The law: no store sees a plain byte, and no reader sees a byte whose segment
 * was not authenticated.
 *
 * <p>{@link EncryptedBlobStore} wraps every adapter; {@link DataKeys} makes one key per blob and
 * keeps it in front of the blob, under its owner's key; {@link BlobFormat} says where what lies;
 * {@link EncryptingSource} and {@link DecryptedStream} do the work, one segment at a time.
 */
@NullMarked
package org.tonekeep.vault.internal.crypt;

import org.jspecify.annotations.NullMarked;
