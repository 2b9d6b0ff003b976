/** Opens the package-private log over a database. */
@NullMarked
package org.tonekeep.audit.internal;

import org.jspecify.annotations.NullMarked;
