/** The operator's look at the register of personal data. */
@NullMarked
package org.tonekeep.privacy.internal.console;

import org.jspecify.annotations.NullMarked;
