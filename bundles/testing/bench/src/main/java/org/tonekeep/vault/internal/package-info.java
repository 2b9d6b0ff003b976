/** The inner loops of vault, measured where they are package-private; JMH only. */
@NullMarked
package org.tonekeep.vault.internal;

import org.jspecify.annotations.NullMarked;
