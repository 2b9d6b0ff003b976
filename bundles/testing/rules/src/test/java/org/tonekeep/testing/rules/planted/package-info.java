/**
 * A small house of bad examples, each breaking one law, with the good ones beside them. Not run.
 */
package org.tonekeep.testing.rules.planted;
