package org.tonekeep.jobs.api;

import java.util.Locale;

/** States of a job. */
public enum JobState {
  /** Waits for its time, a free worker, its handler or its feature. */
  WAITING,
  RUNNING,
  DONE,
  FAILED,
  CANCELLED;

  public boolean ended() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
