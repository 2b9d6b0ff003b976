package org.tonekeep.vault.internal.crypt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Stored bytes are not those that were written under this key; none of them was given out. */
public final class DamagedBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param how what is wrong, without ids
   */
  DamagedBlobException(String how, @Nullable Throwable cause) {
    super("A stored blob is damaged: " + how, cause);
  }
}
