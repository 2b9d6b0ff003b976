/**
 * The audit log. {@code AuditLog} appends in the transaction of the act, {@code AuditUpkeep}
 * removes what is older than the tenant keeps it, {@code AuditData} is the part in export and
 * erasure. An entry is never changed.
 */
@NullMarked
package org.tonekeep.audit.internal;

import org.jspecify.annotations.NullMarked;
