package org.tonekeep.testing.rules.planted.alpha.internal.jpa;

import javax.persistence.Entity;
import javax.persistence.EntityManager;
import javax.persistence.Id;
import org.osgi.service.component.annotations.Deactivate;
import org.tonekeep.testing.rules.planted.tenant.api.TenantId;

/** As it should be. */
public final class GoodStore {
  private final EntityManager manager;

  GoodStore(EntityManager manager) {
    this.manager = manager;
  }

  public GoodEntity find(TenantId tenant, String id) {
    return manager.find(GoodEntity.class, tenant.value() + id);
  }

  @Deactivate
  public void stop() {
    manager.close();
  }

  /** Stays here. */
  @Entity
  public static class GoodEntity {
    @Id String id = "";
  }
}
