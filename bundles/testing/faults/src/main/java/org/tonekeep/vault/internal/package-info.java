/** Opens the package-private vault over a database and a store. */
@NullMarked
package org.tonekeep.vault.internal;

import org.jspecify.annotations.NullMarked;
