package org.tonekeep.catalog.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.internal.TrackQuery.Cursor;
import org.tonekeep.catalog.internal.TrackQuery.Order;

/** Writes and reads the opaque cursors of lists. A cursor is good for the order it was made for. */
public final class Cursors {
  private Cursors() {}

  /** The cursor after a track. */
  public static String write(Track last, Order order, boolean descending) {
    Object value = value(last, order);
    String text =
        prefix(order, descending) + last.id().value() + (value == null ? "" : ":" + value);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a cursor; empty when it is not one of this order. */
  public static Optional<Cursor> read(String cursor, Order order, boolean descending) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String prefix = prefix(order, descending);
      int id = prefix.length();
      if (!text.startsWith(prefix) || !text.substring(id).matches("(?s)[0-9a-f-]{36}(:.*)?")) {
        return Optional.empty();
      }
      String rest = text.substring(id + 36);
      Object value = rest.isEmpty() ? null : value(rest.substring(1), order);
      return Optional.of(new Cursor(value, text.substring(id, id + 36)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not Base64, or not a number: whoever asked made it up
    }
  }

  private static String prefix(Order order, boolean descending) {
    return order.name() + (descending ? '-' : '+');
  }

  private static @Nullable Object value(Track track, Order order) {
    return switch (order) {
      case TITLE -> track.title().toLowerCase(Locale.ROOT);
      case CREATED -> track.createdAt().toEpochMilli();
      case BPM -> track.bpm();
      case KEY -> track.key();
      case DURATION -> track.durationSeconds();
    };
  }

  private static Object value(String text, Order order) {
    return switch (order) {
      case TITLE, KEY -> storable(text);
      case CREATED -> Long.valueOf(text);
      case BPM, DURATION -> finite(Double.parseDouble(text));
    };
  }

  /** No database compares with what is not a number, and Derby not with the infinite. */
  private static Double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not finite");
    }
    return number;
  }

  /** PostgreSQL refuses the character NUL in texts. */
  private static String storable(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("NUL");
    }
    return text;
  }
}
