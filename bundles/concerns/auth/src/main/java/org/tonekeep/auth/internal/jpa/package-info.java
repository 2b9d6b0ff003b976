/** The tables of sessions and credentials. Entities stay in this package. */
@NullMarked
package org.tonekeep.auth.internal.jpa;

import org.jspecify.annotations.NullMarked;
