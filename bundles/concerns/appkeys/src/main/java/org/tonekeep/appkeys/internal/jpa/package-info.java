/** The table of keys. Entities stay in this package. */
@NullMarked
package org.tonekeep.appkeys.internal.jpa;

import org.jspecify.annotations.NullMarked;
