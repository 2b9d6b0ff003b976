package org.tonekeep.auth.internal.jpa;

import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of what strangers asked for: opaque texts here. */
@Component(service = RequestStore.class)
public final class RequestStore {
  private final Database db;

  @Activate
  public RequestStore(@Reference(target = "(unit=auth)") Database db) {
    this.db = db;
  }

  public void insert(TenantId tenant, String id, String body, Instant now) {
    Object unused =
        db.call(
            tenant,
            em -> {
              RequestEntity entity = new RequestEntity();
              entity.tenant = tenant.value();
              entity.id = id;
              entity.body = body;
              entity.createdAt = now;
              em.persist(entity);
              return entity.id;
            });
  }

  public Optional<String> find(TenantId tenant, String id) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(
                    em.find(RequestEntity.class, new RequestEntity.Key(tenant.value(), id)))
                .map(e -> e.body));
  }

  public void remove(TenantId tenant, String id) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM RequestEntity r WHERE r.tenant = :tenant AND r.id = :id")
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", id)
                    .executeUpdate());
  }

  /** Removes rows that were made up to then. */
  public void purge(TenantId tenant, Instant until) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM RequestEntity r"
                            + " WHERE r.tenant = :tenant AND r.createdAt <= :until")
                    .setParameter("tenant", tenant.value())
                    .setParameter("until", until)
                    .executeUpdate());
  }
}
