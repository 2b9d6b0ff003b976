/** Commands for the operator. The law: they call the queue and print; they decide nothing. */
@NullMarked
package org.tonekeep.jobs.internal.console;

import org.jspecify.annotations.NullMarked;
