package org.tonekeep.rest.internal;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** The peer did not send the body that it announced; nothing that the server could mend. */
final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenBodyException(IOException cause) {
    super("The request's body broke off", cause);
  }

  /** Whether it came too slowly, rather than wrongly or not at all. */
  boolean late() {
    return getCause() instanceof TimeoutException
        || (getCause() != null && getCause().getCause() instanceof TimeoutException);
  }
}
