/**
 * The operator's commands for accounts. Commands only print; an address is asked for, never taken
 * from the command line, where it would stay in the history.
 */
@NullMarked
package org.tonekeep.identity.internal.console;

import org.jspecify.annotations.NullMarked;
