/** Opens the package-private queue over a database. */
@NullMarked
package org.tonekeep.jobs.internal;

import org.jspecify.annotations.NullMarked;
