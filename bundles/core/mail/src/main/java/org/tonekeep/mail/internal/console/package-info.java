/** The commands of the queue of mails. They only print. */
@NullMarked
package org.tonekeep.mail.internal.console;

import org.jspecify.annotations.NullMarked;
