package org.tonekeep.storage.s3.internal;

import org.tonekeep.storage.api.StorageUnavailableException;

/**
 * Fails at once while the bucket is down, instead of letting every visitor's thread wait for all
 * tries of a call; lets one call a second through to see whether it is back.
 */
final class Breaker {
  private static final int FAILURES = 10;
  private static final long PROBE_NANOS = 1_000_000_000L;

  // Guarded by this.
  private int failures;
  private long lastProbe;

  /**
   * @throws StorageUnavailableException when the bucket is taken to be down
   */
  synchronized void enter() throws StorageUnavailableException {
    if (failures < FAILURES) {
      return;
    }
    long now = System.nanoTime();
    if (now - lastProbe < PROBE_NANOS) {
      throw new StorageUnavailableException(
          "The bucket did not answer for a while", new IllegalStateException("Down"));
    }
    lastProbe = now;
  }

  /** An answer came, whatever it said. */
  synchronized void answered() {
    failures = 0;
  }

  /** All tries of a call failed. */
  synchronized void failed() {
    failures++;
    lastProbe = System.nanoTime();
  }
}
