package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import java.nio.file.Path;

/** The store over a folder, without a framework around it. */
public final class Shelf {
  private Shelf() {}

  /** Opens it as the platform does at its start. */
  public static FsBlobStore open(Path root) throws IOException {
    return new FsBlobStore(root);
  }
}
