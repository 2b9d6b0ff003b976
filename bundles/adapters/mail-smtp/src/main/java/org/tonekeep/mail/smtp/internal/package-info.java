/**
 * Mails by SMTP. {@link SmtpStart} reads the configuration and registers {@link SmtpMailSender}
 * while there is a server; {@link MessageOf} makes the message, {@link Failures} tells what a
 * failure means without repeating what the server said, since that may name the recipient.
 */
@NullMarked
package org.tonekeep.mail.smtp.internal;

import org.jspecify.annotations.NullMarked;
