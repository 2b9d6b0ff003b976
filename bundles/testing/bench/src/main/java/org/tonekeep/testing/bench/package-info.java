/**
 * Measures the distribution from outside, as its users meet it: unpacked, started by its script,
 * spoken to over HTTP. Everything waits for a condition with a bound, and everything that is
 * started is ended by its process.
 */
@NullMarked
package org.tonekeep.testing.bench;

import org.jspecify.annotations.NullMarked;
