/** The REST paths under {@code /api/auth/passkeys}: resources only translate. */
@NullMarked
package org.tonekeep.passkeys.internal.rest;

import org.jspecify.annotations.NullMarked;
