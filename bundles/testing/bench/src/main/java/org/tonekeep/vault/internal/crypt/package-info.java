/** Decryption of blobs, measured where it is package-private. */
@NullMarked
package org.tonekeep.vault.internal.crypt;

import org.jspecify.annotations.NullMarked;
