/** The tables of seeds and recovery codes. Entities stay in this package. */
@NullMarked
package org.tonekeep.totp.internal.jpa;

import org.jspecify.annotations.NullMarked;
