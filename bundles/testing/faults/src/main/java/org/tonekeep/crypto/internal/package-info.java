/** Opens the package-private keys over a folder. */
@NullMarked
package org.tonekeep.crypto.internal;

import org.jspecify.annotations.NullMarked;
