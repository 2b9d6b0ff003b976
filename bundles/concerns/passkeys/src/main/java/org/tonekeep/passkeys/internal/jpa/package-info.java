/** The tables of passkeys and challenges. Entities stay in this package. */
@NullMarked
package org.tonekeep.passkeys.internal.jpa;

import org.jspecify.annotations.NullMarked;
