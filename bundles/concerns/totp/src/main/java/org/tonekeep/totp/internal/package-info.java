/**
 * Codes of an authenticator app (RFC 6238) as a second factor. {@code Totp} sets it up and takes it
 * away, {@code TotpFactor} checks what somebody types when signing in, {@code GuessWindow} slows
 * down guessing. A code is good for one step and once; seeds and codes never reach a log.
 */
@NullMarked
package org.tonekeep.totp.internal;

import org.jspecify.annotations.NullMarked;
