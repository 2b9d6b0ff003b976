/** The table of entries. Entities stay in this package. */
@NullMarked
package org.tonekeep.audit.internal.jpa;

import org.jspecify.annotations.NullMarked;
