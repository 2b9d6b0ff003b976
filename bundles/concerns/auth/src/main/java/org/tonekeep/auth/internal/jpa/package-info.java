/** The tables of sessions, credentials, links and requests. Entities stay in this package. */
@NullMarked
package org.tonekeep.auth.internal.jpa;

import org.jspecify.annotations.NullMarked;
