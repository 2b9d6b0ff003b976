/** The commands of the audit log. They only print. */
@NullMarked
package org.tonekeep.audit.internal.console;

import org.jspecify.annotations.NullMarked;
