/** The rows of this concern. */
@NullMarked
package org.tonekeep.profile.internal.jpa;

import org.jspecify.annotations.NullMarked;
