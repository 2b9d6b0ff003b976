/** The table of grants. Entities stay in this package. */
@NullMarked
package org.tonekeep.breakglass.internal.jpa;

import org.jspecify.annotations.NullMarked;
