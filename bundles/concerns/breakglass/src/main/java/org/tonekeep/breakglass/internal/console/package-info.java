/** The operator's commands for grants: they only print. */
@NullMarked
package org.tonekeep.breakglass.internal.console;

import org.jspecify.annotations.NullMarked;
