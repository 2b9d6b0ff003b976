package org.tonekeep.catalog.api;

/** What a track is called: cleaned, and no longer than the catalogue takes. */
public record TrackTexts(String title, String artist, String genre) {
  /** Without the words: a log must not hold what an unreleased record is called. */
  @Override
  public String toString() {
    return "TrackTexts";
  }
}
