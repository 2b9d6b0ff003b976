package org.tonekeep.storage.api;

import java.io.IOException;

/**
 * The store does not do this now, and trying later may help: it does not answer, asks to slow down,
 * or takes no writes (a disk that its system mounted read-only after an error).
 */
public final class StorageUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason for the operator's log; no key, no secret
   */
  public StorageUnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
