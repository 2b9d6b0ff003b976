package org.tonekeep.catalog.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackIntake;
import org.tonekeep.catalog.api.TrackTexts;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.tenant.api.TenantId;

/** The one way to a new track, and the rules for its texts. */
@Component(service = {TrackIntake.class, TrackDoor.class})
public final class TrackDoor implements TrackIntake {
  private static final int MAX_TEXT = 300;
  private static final int MAX_GENRE = 100;

  private final TrackShelf shelf;

  @Activate
  public TrackDoor(@Reference TrackShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public TrackTexts describe(
      @Nullable String title, @Nullable String artist, @Nullable String genre, String fileName) {
    String fromFile = Texts.titleOf(fileName);
    return check(
        title == null || title.isBlank() ? null : title,
        artist,
        genre,
        new TrackTexts(fromFile.isEmpty() ? "Untitled" : fromFile, "", ""));
  }

  @Override
  public Track put(TenantId tenant, AccountId owner, Blob blob, TrackTexts texts) {
    return shelf.enter(tenant, owner, blob, texts);
  }

  /**
   * Cleans and checks; absent texts fall back.
   *
   * @throws ProblemException 422 naming the fields that are wrong
   */
  public static TrackTexts check(
      @Nullable String title, @Nullable String artist, @Nullable String genre, TrackTexts old) {
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
    return new TrackTexts(newTitle, newArtist, newGenre);
  }

  private static String check(
      String field, @Nullable String given, String old, int most, List<FieldError> errors) {
    if (given == null) {
      return old;
    }
    String text = Texts.clean(given);
    if (text.length() > most) {
      errors.add(new FieldError("/" + field, "At most " + most + " characters"));
    }
    return text;
  }
}
