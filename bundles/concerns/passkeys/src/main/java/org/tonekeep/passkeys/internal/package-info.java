/**
 * Passkeys (WebAuthn Level 3). {@code Passkeys} holds the ceremonies of registering and signing in,
 * {@code Ceremony} is the library's judgement, {@code RelyingParty} says for which host. A
 * challenge is good for five minutes and once, whatever comes of it.
 */
@NullMarked
package org.tonekeep.passkeys.internal;

import org.jspecify.annotations.NullMarked;
