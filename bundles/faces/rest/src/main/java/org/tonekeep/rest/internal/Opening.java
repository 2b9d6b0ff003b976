package org.tonekeep.rest.internal;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Tenants;

/**
 * The time from the start until everything is there for the first time. Until then everything but
 * the operator's pages is answered 503: a path that is not there yet would be 404, a session nobody
 * can check yet 401, and a page would believe both. A part that stays away must not keep the others
 * closed, so after a minute this is over in any case.
 */
@Component(service = Opening.class)
public final class Opening {
  private static final Set<String> NEEDED = Set.of("database", "migrations", Airing.PART);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final BooleanSupplier complete;
  private final long start = System.nanoTime();
  private volatile boolean over;

  @Activate
  public Opening(@Reference OperatorPages parts, @Reference Tenants tenants, @Reference Gate gate) {
    this(() -> parts.areReady(NEEDED) && allOn(tenants, gate));
  }

  Opening(BooleanSupplier complete) {
    this.complete = complete;
  }

  private static boolean allOn(Tenants tenants, Gate gate) {
    return tenants.all().stream()
        .filter(tenant -> !tenant.suspended())
        .allMatch(t -> t.features().stream().allMatch(feature -> gate.isOn(t.id(), feature)));
  }

  /** Whether visitors may come in. */
  boolean isOver() {
    if (!over && (complete.getAsBoolean() || System.nanoTime() - start > PATIENCE)) {
      over = true;
    }
    return over;
  }
}
