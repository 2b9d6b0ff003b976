package org.tonekeep.catalog.internal.rest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonekeep.catalog.internal.TrackTexts;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;

/** Texts of a track, cleaned and checked. */
record TrackFields(String title, String artist, String genre) {
  private static final int MAX_TEXT = 300;
  private static final int MAX_GENRE = 100;

  /**
   * Cleans and checks; absent texts fall back.
   *
   * @throws ProblemException 422 naming the fields that are wrong
   */
  static TrackFields of(
      @Nullable String title, @Nullable String artist, @Nullable String genre, TrackFields old) {
    List<FieldError> errors = new ArrayList<>();
    String newTitle = check("title", title, old.title(), MAX_TEXT, errors);
    if (newTitle.isEmpty()) {
      errors.add(new FieldError("/title", "A track has a title"));
    }
    String newArtist = check("artist", artist, old.artist(), MAX_TEXT, errors);
    String newGenre = check("genre", genre, old.genre(), MAX_GENRE, errors);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors.toArray(FieldError[]::new));
    }
    return new TrackFields(newTitle, newArtist, newGenre);
  }

  private static String check(
      String field, @Nullable String given, String old, int most, List<FieldError> errors) {
    if (given == null) {
      return old;
    }
    String text = TrackTexts.clean(given);
    if (text.length() > most) {
      errors.add(new FieldError("/" + field, "At most " + most + " characters"));
    }
    return text;
  }
}
