/**
 * Keys. The law: the root key is made once, never leaves this bundle, and is never made anew beside
 * data that an older one protects. {@link RootKeyFile} holds it on disk, {@link HkdfKeyRing}
 * derives from it, {@link KeyRingStart} offers the ring or says why not.
 */
@NullMarked
package org.tonekeep.crypto.internal;

import org.jspecify.annotations.NullMarked;
