/** The commands of the outbox. They only print. */
@NullMarked
package org.tonekeep.mail.outbox.internal.console;

import org.jspecify.annotations.NullMarked;
