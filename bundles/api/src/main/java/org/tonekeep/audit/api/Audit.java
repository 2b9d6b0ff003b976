package org.tonekeep.audit.api;

import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/** The tenant's audit log: who did what to what, kept in the transaction that did it. */
@ProviderType
public interface Audit {
  /**
   * Appends an entry. Joins the running transaction of the thread, so that the act and its entry
   * commit together or not at all; without one the entry commits by itself.
   */
  void append(TenantId tenant, AuditEntry entry);
}
