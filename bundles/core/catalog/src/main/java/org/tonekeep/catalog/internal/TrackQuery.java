package org.tonekeep.catalog.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tracks of an account are asked for, in which order, and from where.
 *
 * @param text what title, artist or genre contain, any case; empty means all
 * @param genre exactly this genre, any case; empty means all
 * @param bpmMin in beats per minute, included; null means any
 * @param bpmMax in beats per minute, included; null means any
 * @param key exactly this musical key; empty means all
 * @param after where the page before ended
 * @param limit 1 to 200
 * @param trash the trash instead of the tracks
 */
public record TrackQuery(
    String text,
    String genre,
    @Nullable Double bpmMin,
    @Nullable Double bpmMax,
    String key,
    Order order,
    boolean descending,
    Optional<Cursor> after,
    int limit,
    boolean trash) {

  /** What a list can be ordered by. Tracks that have no such value come last both ways. */
  public enum Order {
    TITLE("title_sort", false),
    CREATED("created_at", false),
    BPM("bpm", true),
    KEY("musical_key", true),
    DURATION("duration_seconds", true);

    private final String column;
    private final boolean optional;

    Order(String column, boolean optional) {
      this.column = column;
      this.optional = optional;
    }

    public String column() {
      return column;
    }

    /** Whether a track may have no such value. */
    public boolean optional() {
      return optional;
    }
  }

  /**
   * The last track of a page.
   *
   * @param value what the list is ordered by; null when the track has none
   */
  public record Cursor(@Nullable Object value, String id) {}
}
