package org.tonekeep.catalog.internal;

import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.catalog.internal.jpa.TrackStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/** The catalogue as processors see it. */
@Component(service = Catalog.class)
public final class CatalogService implements Catalog {
  private static final int MAX_FAILURE = 500;

  private final TrackStore store;
  private final TrackShelf shelf;

  @Activate
  public CatalogService(@Reference TrackStore store, @Reference TrackShelf shelf) {
    this.store = store;
    this.shelf = shelf;
  }

  @Override
  public Optional<Track> find(TenantId tenant, TrackId id) {
    return store.find(tenant, id).filter(t -> t.deletedAt() == null);
  }

  @Override
  public Optional<Track> findOwned(TenantId tenant, AccountId owner, TrackId id) {
    return find(tenant, id).filter(t -> t.owner().equals(owner));
  }

  @Override
  public boolean exists(TenantId tenant, TrackId id) {
    return store.find(tenant, id).isPresent();
  }

  @Override
  public void analysing(TenantId tenant, TrackId id) {
    store.state(tenant, id, TrackState.ANALYSING, null);
  }

  @Override
  public void measured(
      TenantId tenant, TrackId id, double durationSeconds, int sampleRate, int channels) {
    store.measured(tenant, id, durationSeconds, sampleRate, channels);
  }

  @Override
  public void ready(TenantId tenant, TrackId id) {
    store.state(tenant, id, TrackState.READY, null);
  }

  @Override
  public void failed(TenantId tenant, TrackId id, String reason) {
    String kept = reason.length() <= MAX_FAILURE ? reason : reason.substring(0, MAX_FAILURE);
    store.state(tenant, id, TrackState.FAILED, kept);
  }

  @Override
  public int purgeTrash(TenantId tenant, Instant now) {
    return shelf.purgeOverdue(tenant, now);
  }
}
