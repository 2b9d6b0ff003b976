/** The operator's commands for quotas. They only print. */
@NullMarked
package org.tonekeep.vault.internal.console;

import org.jspecify.annotations.NullMarked;
