/** The account table. Entities stay in this package; the store answers api records. */
@NullMarked
package org.tonekeep.identity.internal.jpa;

import org.jspecify.annotations.NullMarked;
