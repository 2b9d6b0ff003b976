/** The REST paths under {@code /api/auth/totp}: resources only translate. */
@NullMarked
package org.tonekeep.totp.internal.rest;

import org.jspecify.annotations.NullMarked;
