package org.tonekeep.jobs.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.tenant.api.TenantId;

/**
 * "Look now" within this process. Nothing depends on a signal being heard: whoever listens also
 * looks into the table from time to time, because other nodes signal elsewhere.
 */
@Component(service = JobSignals.class)
public final class JobSignals {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Is told quickly and must return quickly. */
  public interface Listener {
    /** There may be work. */
    default void queued() {}

    /** Somebody asked a running job to stop. */
    default void cancelAsked(TenantId tenant, JobId id) {}

    /** A job's progress or state changed. */
    default void changed(TenantId tenant, JobId id) {}
  }

  public void add(Listener listener) {
    listeners.add(listener);
  }

  public void remove(Listener listener) {
    listeners.remove(listener);
  }

  void queued() {
    listeners.forEach(Listener::queued);
  }

  void cancelAsked(TenantId tenant, JobId id) {
    listeners.forEach(l -> l.cancelAsked(tenant, id));
  }

  void changed(TenantId tenant, JobId id) {
    listeners.forEach(l -> l.changed(tenant, id));
  }
}
