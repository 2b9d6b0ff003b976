/**
 * Tenants from files. The folder of tenant files and the declarations of the bundles go through
 * {@link org.tonekeep.tenant.internal.TenantEvaluator}, a pure function, into one immutable {@link
 * org.tonekeep.tenant.internal.View}, from which every question is answered. The law here: nothing
 * comes into force that was not checked, and what was good stays until something better is.
 */
@NullMarked
package org.tonekeep.tenant.internal;

import org.jspecify.annotations.NullMarked;
