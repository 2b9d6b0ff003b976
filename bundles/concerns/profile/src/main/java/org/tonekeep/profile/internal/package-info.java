/**
 * The own account. Who somebody is, is kept by core/identity; here stands what the person may do
 * with it.
 */
@NullMarked
package org.tonekeep.profile.internal;

import org.jspecify.annotations.NullMarked;
