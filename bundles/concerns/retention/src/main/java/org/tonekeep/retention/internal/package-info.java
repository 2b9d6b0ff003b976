/**
 * Keeps the promise that what was deleted is removed in time. {@link RetentionFeature} declares it,
 * {@link RetentionSweeper} keeps it. The law: it goes on for suspended tenants, and a tenant that
 * fails does not stop the others.
 */
@NullMarked
package org.tonekeep.retention.internal;

import org.jspecify.annotations.NullMarked;
