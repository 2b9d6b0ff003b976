package org.tonekeep.storage.api;

import java.io.IOException;

/** There is no such blob. */
public final class NoSuchBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  public NoSuchBlobException() {
    super("There is no such blob.");
  }
}
