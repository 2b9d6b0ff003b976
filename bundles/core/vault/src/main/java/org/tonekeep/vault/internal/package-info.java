/**
 * The vault. The law: no byte is stored that was not sniffed or made by us, none is served without
 * a signature and a row, and none stays that nobody remembers.
 *
 * <p>{@link TenantVault} receives and remembers, {@link AudioSniffer} says what the bytes are,
 * {@link StoreBoard} knows which adapter is here, {@link HmacSignedUrls} signs addresses that
 * {@link ByteDoor} serves, {@link OrphanSweep} and {@link BlobDeletion} clean up.
 */
@NullMarked
package org.tonekeep.vault.internal;

import org.jspecify.annotations.NullMarked;
