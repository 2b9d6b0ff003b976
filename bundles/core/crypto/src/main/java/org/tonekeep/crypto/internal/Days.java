package org.tonekeep.crypto.internal;

import java.time.LocalDate;

/** Where the secret of the day lies, outside of every backup. */
interface Days {
  /** The day's secret, 32 bytes, made when there is none; the same on all nodes and restarts. */
  byte[] of(LocalDate day);

  /** Destroys the secrets of all days but this one, durably. */
  void destroyOthers(LocalDate day);
}
