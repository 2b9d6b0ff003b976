/** The operator's commands for sessions and second factors: they only print. */
@NullMarked
package org.tonekeep.auth.internal.console;

import org.jspecify.annotations.NullMarked;
