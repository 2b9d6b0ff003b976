/** Opens the package-private store over a folder. */
@NullMarked
package org.tonekeep.storage.fs.internal;

import org.jspecify.annotations.NullMarked;
