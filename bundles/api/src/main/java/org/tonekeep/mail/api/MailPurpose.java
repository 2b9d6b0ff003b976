package org.tonekeep.mail.api;

/**
 * What a mail is for. A template has exactly one; a tenant's {@code mail.purposes} lists those that
 * may leave the site, and a mail of any other is refused (promises KAN-11, KAN-52, UPT-12, UPT-30).
 */
public enum MailPurpose {
  /** Confirming an address, resetting a password, a changed address or second factor. */
  AUTHENTICATION,
  /** What the law or the policy demands: changed policy, deletion, export, breach. */
  NOTICE,
  /** Important news about the service itself. */
  SERVICE,
  /** A stage of a challenge opens; needs a subscription and can be unsubscribed. */
  PROMPT
}
