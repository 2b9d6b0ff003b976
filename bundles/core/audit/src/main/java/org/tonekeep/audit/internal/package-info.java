/**
 * The audit log. {@code AuditLog} appends in the transaction of the act; the {@code Sequencer}
 * makes leaves of what committed, and the {@code LogWriter} signs a checkpoint over the tree,
 * unless it is not what it signed last. {@code LogVerifier} computes everything again. {@code
 * AuditUpkeep} removes rows older than the tenant keeps them, {@code AuditData} is the part in
 * export and erasure: a leaf is never changed, only what opens it goes.
 */
@NullMarked
package org.tonekeep.audit.internal;

import org.jspecify.annotations.NullMarked;
