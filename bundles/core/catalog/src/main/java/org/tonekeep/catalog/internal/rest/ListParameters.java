package org.tonekeep.catalog.internal.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.tonekeep.catalog.internal.Cursors;
import org.tonekeep.catalog.internal.Texts;
import org.tonekeep.catalog.internal.TrackQuery;
import org.tonekeep.catalog.internal.TrackQuery.Cursor;
import org.tonekeep.catalog.internal.TrackQuery.Order;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;

/** Reads the query string of a list of tracks; says all that is wrong with it at once. */
final class ListParameters {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_TEXT = 300;
  private static final List<String> NAMES =
      List.of("q", "genre", "bpmMin", "bpmMax", "key", "sort", "order", "limit", "trash");

  private final MultivaluedMap<String, String> given;
  private final List<FieldError> errors = new ArrayList<>();

  private ListParameters(MultivaluedMap<String, String> given) {
    this.given = given;
  }

  /**
   * @throws ProblemException 422 naming the parameters that are wrong
   */
  static TrackQuery read(MultivaluedMap<String, String> given) {
    ListParameters parameters = new ListParameters(given);
    TrackQuery query = parameters.query();
    if (!parameters.errors.isEmpty()) {
      throw ProblemException.invalid(parameters.errors.toArray(FieldError[]::new));
    }
    return query;
  }

  /** The same list's next page, as the query string of an address. */
  static String next(MultivaluedMap<String, String> given, String cursor) {
    StringBuilder query = new StringBuilder("?after=").append(cursor);
    for (String name : NAMES) {
      String value = given.getFirst(name);
      if (value != null) {
        query.append('&').append(name).append('=');
        query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  private TrackQuery query() {
    Order order = order();
    boolean trash = flag("trash");
    boolean descending = descending(order);
    return new TrackQuery(
        text("q"),
        text("genre"),
        number("bpmMin"),
        number("bpmMax"),
        text("key"),
        order,
        descending,
        after(order, descending),
        limit(),
        trash);
  }

  private String value(String name) {
    String value = given.getFirst(name);
    return value == null ? "" : value.strip();
  }

  private String text(String name) {
    String text = Texts.clean(value(name));
    if (text.length() > MAX_TEXT) {
      errors.add(new FieldError("/" + name, "At most " + MAX_TEXT + " characters"));
      return "";
    }
    return text;
  }

  private @Nullable Double number(String name) {
    String value = value(name);
    if (value.isEmpty()) {
      return null;
    }
    if (!value.matches("[0-9]{1,4}(\\.[0-9]{1,6})?")) {
      errors.add(new FieldError("/" + name, "A number of beats per minute"));
      return null;
    }
    return Double.valueOf(value);
  }

  private boolean flag(String name) {
    String value = value(name);
    if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
      errors.add(new FieldError("/" + name, "true or false"));
    }
    return value.equals("true");
  }

  private Order order() {
    String value = value("sort");
    for (Order order : Order.values()) {
      if (order.name().toLowerCase(Locale.ROOT).equals(value)) {
        return order;
      }
    }
    if (!value.isEmpty()) {
      errors.add(new FieldError("/sort", "title, created, bpm, key or duration"));
    }
    return Order.CREATED;
  }

  private boolean descending(Order order) {
    return switch (value("order")) {
      case "asc" -> false;
      case "desc" -> true;
      case "" -> order == Order.CREATED;
      default -> {
        errors.add(new FieldError("/order", "asc or desc"));
        yield false;
      }
    };
  }

  private int limit() {
    String value = value("limit");
    if (value.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    if (value.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    errors.add(new FieldError("/limit", "1 to " + MAX_LIMIT));
    return DEFAULT_LIMIT;
  }

  private Optional<Cursor> after(Order order, boolean descending) {
    String value = value("after");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Cursor> cursor = Cursors.read(value, order, descending);
    if (cursor.isEmpty()) {
      errors.add(new FieldError("/after", "Not a cursor of this list and order"));
    }
    return cursor;
  }
}
