/**
 * How a person proves to be the owner of an account. {@code AuthService} signs up and in, over
 * {@code PasswordHasher} (what a password becomes) and {@code HashingQueue} (how many at once);
 * {@code Sessions} turns cookies into callers. No token and no password is ever stored or logged,
 * and a hash is computed outside of transactions.
 */
@NullMarked
package org.tonekeep.auth.internal;

import org.jspecify.annotations.NullMarked;
