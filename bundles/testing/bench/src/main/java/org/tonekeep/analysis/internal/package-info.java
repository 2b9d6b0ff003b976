/** The inner loops of analysis, measured where they are package-private; JMH only. */
@NullMarked
package org.tonekeep.analysis.internal;

import org.jspecify.annotations.NullMarked;
