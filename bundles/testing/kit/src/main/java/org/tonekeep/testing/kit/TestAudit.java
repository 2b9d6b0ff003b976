package org.tonekeep.testing.kit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.tenant.api.TenantId;

/** Remembers what was appended, in order; knows no transactions. */
public final class TestAudit implements Audit {
  /** An entry with its tenant. */
  public record Kept(TenantId tenant, AuditEntry entry) {}

  private final List<Kept> kept = new CopyOnWriteArrayList<>();

  @Override
  public void append(TenantId tenant, AuditEntry entry) {
    kept.add(new Kept(tenant, entry));
  }

  /** As {@link #append}: counts nothing together. */
  @Override
  public void appendApart(TenantId tenant, AuditEntry entry) {
    append(tenant, entry);
  }

  public List<Kept> kept() {
    return List.copyOf(kept);
  }

  /** The actions of a tenant's entries, in order. */
  public List<String> actions(TenantId tenant) {
    return kept.stream()
        .filter(k -> k.tenant().equals(tenant))
        .map(k -> k.entry().action())
        .toList();
  }
}
