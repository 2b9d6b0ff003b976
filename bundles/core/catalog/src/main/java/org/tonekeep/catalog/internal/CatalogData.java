package org.tonekeep.catalog.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.internal.jpa.TrackStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** An account's tracks, in export and erasure. */
@Component(service = DataHolder.class)
public final class CatalogData implements DataHolder {
  private static final int PAGE = 200;

  private final TrackStore store;
  private final TrackShelf shelf;
  private final Tx tx;

  @Activate
  public CatalogData(@Reference TrackStore store, @Reference TrackShelf shelf, @Reference Tx tx) {
    this.store = store;
    this.shelf = shelf;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            "track",
            "catalog",
            "Titles, artists and genres of uploaded tracks, and properties of their audio",
            "To keep, find and play the account's music",
            "Until deleted; after that in the trash for trash.keep"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    List<Map<String, Object>> rows = new ArrayList<>();
    String after = "";
    List<Track> page;
    do {
      page = store.ofOwner(tenant, account, after, PAGE);
      for (Track track : page) {
        rows.add(row(track));
        after = track.id().value();
      }
    } while (page.size() == PAGE);
    return Map.of("track", rows);
  }

  private static Map<String, Object> row(Track track) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", track.id().value());
    row.put("title", track.title());
    row.put("artist", track.artist());
    row.put("genre", track.genre());
    row.put("format", track.format());
    row.put("sizeBytes", track.sizeBytes());
    row.put("sha256", track.sha256());
    put(row, "durationSeconds", track.durationSeconds());
    put(row, "sampleRate", track.sampleRate());
    put(row, "channels", track.channels());
    put(row, "bpm", track.bpm());
    put(row, "key", track.key());
    row.put("state", track.state().word());
    put(row, "failure", track.failure());
    row.put("createdAt", track.createdAt().toString());
    put(row, "deletedAt", track.deletedAt());
    put(row, "purgeAt", track.purgeAt());
    return row;
  }

  private static void put(
      Map<String, Object> row, String name, @org.jspecify.annotations.Nullable Object value) {
    if (value != null) {
      row.put(name, value instanceof java.time.Instant ? value.toString() : value);
    }
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(tenant, () -> shelf.purgeAll(tenant, account));
  }
}
