package org.tonekeep.testing.kit;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/** Limits that a test exhausts, and what was counted. */
public final class TestLimits implements Limits {
  /** A counted act. */
  public record Taken(TenantId tenant, LimitedAct act, String subject, String network) {}

  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<Taken> succeeded = new CopyOnWriteArrayList<>();
  private final Set<LimitedAct> exhausted = ConcurrentHashMap.newKeySet();

  /** From now on the act is refused. */
  public void exhaust(LimitedAct act) {
    exhausted.add(act);
  }

  public void refill(LimitedAct act) {
    exhausted.remove(act);
  }

  @Override
  public void take(TenantId tenant, LimitedAct act, String subject, String network) {
    if (exhausted.contains(act)) {
      throw ProblemException.of(
              429, "too-many-attempts", "Too many attempts", "Wait a little before the next try")
          .withHeader("Retry-After", "15");
    }
    taken.add(new Taken(tenant, act, subject, network));
  }

  @Override
  public void succeeded(TenantId tenant, LimitedAct act, String subject, String network) {
    succeeded.add(new Taken(tenant, act, subject, network));
  }

  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  public List<Taken> succeeded() {
    return List.copyOf(succeeded);
  }
}
