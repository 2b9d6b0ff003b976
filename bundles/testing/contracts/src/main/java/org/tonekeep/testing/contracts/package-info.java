/**
 * The contracts of the SPIs: an implementation extends each facet in its own tests and overrides
 * nothing but the factory methods.
 */
@NullMarked
package org.tonekeep.testing.contracts;

import org.jspecify.annotations.NullMarked;
