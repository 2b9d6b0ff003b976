/** Rotation of keys, measured where it is package-private. */
@NullMarked
package org.tonekeep.crypto.internal;

import org.jspecify.annotations.NullMarked;
