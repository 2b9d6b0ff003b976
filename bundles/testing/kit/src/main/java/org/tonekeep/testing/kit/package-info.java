/**
 * Test doubles that are real parts started small: a database in a folder, a clock that a test
 * turns.
 */
@NullMarked
package org.tonekeep.testing.kit;

import org.jspecify.annotations.NullMarked;
