/** What the operator reads first: whether the platform is ready, and where its sites are. */
@NullMarked
package org.tonekeep.console.internal;

import org.jspecify.annotations.NullMarked;
