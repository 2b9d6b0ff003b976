/**
 * Asserts the house. {@link org.tonekeep.testing.rules.House} is the tree; the {@code …Rules}
 * classes return what breaks a law as sentences; {@code HouseTest} and {@code CodeTest} hold the
 * real tree against them, {@code …CanFailTest} a planted bad one, for a rule that cannot fail
 * proves nothing.
 */
@NullMarked
package org.tonekeep.testing.rules;

import org.jspecify.annotations.NullMarked;
