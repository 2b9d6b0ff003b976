/** The REST paths under {@code /api/auth/keys}: resources only translate. */
@NullMarked
package org.tonekeep.appkeys.internal.rest;

import org.jspecify.annotations.NullMarked;
