package org.tonekeep.mail.api;

/** The tenant's {@code mail.purposes} does not list the purpose of a template. */
public final class MailPurposeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param template id of the template
   */
  public MailPurposeException(String template, MailPurpose purpose) {
    super("The site does not send mails for the purpose " + purpose + " (" + template + ")");
  }
}
