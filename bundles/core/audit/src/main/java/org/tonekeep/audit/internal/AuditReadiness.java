package org.tonekeep.audit.internal;

import java.util.SortedMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.TenantId;

/** Unready while a tenant's log was changed behind us: what happens meanwhile is not proven. */
@Component(service = Readiness.class)
public final class AuditReadiness implements Readiness {
  private final Sequencer sequencer;

  @Activate
  public AuditReadiness(@Reference Sequencer sequencer) {
    this.sequencer = sequencer;
  }

  @Override
  public Health check() {
    SortedMap<TenantId, String> refusals = sequencer.refusals();
    if (refusals.isEmpty()) {
      return new Health("audit", true, "Every log goes on");
    }
    String words =
        refusals.entrySet().stream()
            .map(refusal -> refusal.getKey() + ": " + refusal.getValue())
            .collect(Collectors.joining("; "));
    return new Health("audit", false, words + ". See tonekeep:audit-verify");
  }
}
