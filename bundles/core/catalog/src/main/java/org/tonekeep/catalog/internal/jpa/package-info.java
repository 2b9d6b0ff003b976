/**
 * The table of tracks. The law: entities never leave this package, and every query names tenant.
 */
@NullMarked
package org.tonekeep.catalog.internal.jpa;

import org.jspecify.annotations.NullMarked;
