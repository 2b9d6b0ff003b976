/**
 * The pages' shell. It knows no concern: pages arrive as {@link org.tonekeep.web.api.WebEntry}
 * services, are served while their feature is on for the tenant, and vanish with their bundle.
 */
@NullMarked
package org.tonekeep.web.internal;

import org.jspecify.annotations.NullMarked;
