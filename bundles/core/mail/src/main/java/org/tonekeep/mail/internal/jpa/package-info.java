/** The table of letters. Entities stay in this package. */
@NullMarked
package org.tonekeep.mail.internal.jpa;

import org.jspecify.annotations.NullMarked;
