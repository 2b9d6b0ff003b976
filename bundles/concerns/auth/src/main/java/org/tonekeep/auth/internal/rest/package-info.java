/** The REST paths under {@code /api/auth}: resources only translate. */
@NullMarked
package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.NullMarked;
