package org.tonekeep.storage.api;

import java.io.IOException;

/** The key is taken. */
public final class BlobExistsException extends IOException {
  private static final long serialVersionUID = 1L;

  public BlobExistsException() {
    super("The key is taken.");
  }
}
