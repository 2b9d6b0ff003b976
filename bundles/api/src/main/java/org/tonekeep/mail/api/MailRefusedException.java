package org.tonekeep.mail.api;

import java.io.IOException;

/** The mail was refused for good. */
public final class MailRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason for the operator; no address
   */
  public MailRefusedException(String reason) {
    super(reason);
  }
}
