package org.tonekeep.audit.internal;

import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.jpa.EntryStore;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.tenant.api.TenantId;

/** Gives each entry its id and time and keeps it. */
@Component(service = Audit.class)
public final class AuditLog implements Audit {
  private final EntryStore store;
  private final Clock clock;

  @Activate
  public AuditLog(@Reference EntryStore store, @Reference Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void append(TenantId tenant, AuditEntry entry) {
    store.insert(tenant, new AuditRow(Ids.next(clock), clock.instant(), entry));
  }
}
