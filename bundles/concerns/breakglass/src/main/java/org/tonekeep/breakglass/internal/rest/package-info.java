/** The REST paths under {@code /api/breakglass}: resources only translate. */
@NullMarked
package org.tonekeep.breakglass.internal.rest;

import org.jspecify.annotations.NullMarked;
