/**
 * Keys that players and scripts use in place of the password. {@code AppKeys} makes, lists and ends
 * them; {@code KeyCallers} turns a token into a caller, {@code PlayerKeys} a salted digest of one,
 * as OpenSubsonic players send it. What a key is good for is what it was made for, never more.
 */
@NullMarked
package org.tonekeep.appkeys.internal;

import org.jspecify.annotations.NullMarked;
