package org.tonekeep.storage.api;

import java.io.IOException;

/** The store has no room for more bytes. */
public final class StorageFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public StorageFullException() {
    super("The store has no room for more bytes.");
  }
}
