package org.tonekeep.catalog.api;

import java.util.Locale;

/** Where a track is on its way. With no processor on for the tenant it is ready at upload. */
public enum TrackState {
  UPLOADED,
  ANALYSING,
  READY,
  FAILED;

  /** As REST and the database write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
