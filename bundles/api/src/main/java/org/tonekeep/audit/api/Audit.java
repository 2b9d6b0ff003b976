package org.tonekeep.audit.api;

import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * The tenant's audit log: who did what to what, kept in the transaction that did it. Within a
 * second an entry is a leaf of the tenant's Merkle tree, over which a checkpoint is signed: from
 * then on nobody can change, remove or move it unseen.
 */
@ProviderType
public interface Audit {
  /**
   * Appends an entry. Joins the running transaction of the thread, so that the act and its entry
   * commit together or not at all; without one the entry commits by itself.
   */
  void append(TenantId tenant, AuditEntry entry);

  /**
   * Appends what must stay although its transaction is undone: an act that failed. It commits by
   * itself, also while a transaction is running. Beyond ten alike (kind of actor, action, subject
   * and peer) in a minute they are counted, and become one entry with their number as the fact
   * {@code more}.
   *
   * <p>Better called after the failed transaction has ended than within it.
   */
  void appendApart(TenantId tenant, AuditEntry entry);
}
