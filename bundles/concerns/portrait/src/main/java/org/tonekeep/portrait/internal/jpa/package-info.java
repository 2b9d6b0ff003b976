/** The rows of profile images. Law: entities never leave this package. */
@NullMarked
package org.tonekeep.portrait.internal.jpa;

import org.jspecify.annotations.NullMarked;
