package org.tonekeep.catalog.internal.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.persistence.EntityManager;
import javax.persistence.Query;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.internal.TrackQuery;
import org.tonekeep.catalog.internal.TrackQuery.Cursor;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/**
 * Builds the statement of a list: keyset pagination by the ordering column and the id, with absent
 * values last. Native SQL, because JPQL cannot say {@code NULLS LAST}.
 */
final class TrackSelection {
  private static final char ESCAPE = '!';

  private final StringBuilder text = new StringBuilder("SELECT * FROM catalog_track");
  private final List<Object> values = new ArrayList<>();

  TrackSelection(TenantId tenant, AccountId owner, TrackQuery query) {
    text.append(" WHERE tenant = ").append(bind(tenant.value()));
    text.append(" AND owner = ").append(bind(owner.value()));
    text.append(query.trash() ? " AND deleted_at IS NOT NULL" : " AND deleted_at IS NULL");
    filter(query);
    query.after().ifPresent(cursor -> after(cursor, query));
    String direction = query.descending() ? " DESC" : " ASC";
    text.append(" ORDER BY ").append(query.order().column()).append(direction);
    // Only where it can matter: an index in this order is not used for a statement that says so.
    text.append(query.order().optional() ? " NULLS LAST, id" : ", id").append(direction);
  }

  List<Track> read(EntityManager em, int limit) {
    Query query = em.createNativeQuery(text.toString(), TrackEntity.class);
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    List<Track> tracks = new ArrayList<>();
    for (Object row : query.setMaxResults(limit).getResultList()) {
      tracks.add(((TrackEntity) row).track());
    }
    return tracks;
  }

  private void filter(TrackQuery query) {
    if (!query.text().isEmpty()) {
      like("%" + escaped(query.text()) + "%");
    }
    if (!query.genre().isEmpty()) {
      like("%\n" + escaped(query.genre())); // the last line
    }
    if (!query.key().isEmpty()) {
      text.append(" AND musical_key = ").append(bind(query.key()));
    }
    Double least = query.bpmMin();
    if (least != null) {
      text.append(" AND bpm >= ").append(bind(least));
    }
    Double most = query.bpmMax();
    if (most != null) {
      text.append(" AND bpm <= ").append(bind(most));
    }
  }

  private void like(String pattern) {
    text.append(" AND haystack LIKE ").append(bind(pattern));
    text.append(" ESCAPE '").append(ESCAPE).append('\'');
  }

  private void after(Cursor cursor, TrackQuery query) {
    String column = query.order().column();
    String beyond = query.descending() ? " < " : " > ";
    Object value = cursor.value();
    if (value == null) {
      text.append(" AND ").append(column).append(" IS NULL AND id").append(beyond);
      text.append(bind(cursor.id()));
      return;
    }
    if (!query.order().optional()) {
      // Says nothing new, but lets the database begin there.
      text.append(" AND ").append(column).append(beyond.stripTrailing()).append("= ");
      text.append(bind(value));
    }
    text.append(" AND (").append(column).append(beyond).append(bind(value));
    text.append(" OR (").append(column).append(" = ").append(bind(value));
    text.append(" AND id").append(beyond).append(bind(cursor.id())).append(')');
    text.append(query.order().optional() ? " OR " + column + " IS NULL)" : ")");
  }

  private String bind(Object value) {
    values.add(value);
    return "?" + values.size();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    String lower = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c == '%' || c == '_' || c == ESCAPE) {
        escaped.append(ESCAPE);
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
