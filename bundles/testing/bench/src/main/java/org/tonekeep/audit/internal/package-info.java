/** Measurements of package-private classes of the audit log. */
@NullMarked
package org.tonekeep.audit.internal;

import org.jspecify.annotations.NullMarked;
