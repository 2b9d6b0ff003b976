/** The REST paths under {@code /api/account}: resources only translate. */
@NullMarked
package org.tonekeep.profile.internal.rest;

import org.jspecify.annotations.NullMarked;
