/** The rows of remembered blobs. Entities never leave this package. */
@NullMarked
package org.tonekeep.vault.internal.jpa;

import org.jspecify.annotations.NullMarked;
