/** Commands on keys. The law: passphrases are asked for and wiped, never arguments, never shown. */
@NullMarked
package org.tonekeep.crypto.internal.console;

import org.jspecify.annotations.NullMarked;
