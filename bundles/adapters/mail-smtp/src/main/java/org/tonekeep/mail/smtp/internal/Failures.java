package org.tonekeep.mail.smtp.internal;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.tonekeep.mail.api.MailRefusedException;

/**
 * What a failure of the library means. Neither its message nor the failure itself goes on: servers
 * like to repeat the recipient.
 */
final class Failures {
  /** "Sign in first" and its like: it is the site that is wrong, and it may be put right. */
  private static final Set<Integer> OURS = Set.of(530, 534, 535, 538);

  private Failures() {}

  static IOException of(MessagingException failure) {
    for (Exception e = failure; e != null; e = next(e)) {
      if (e instanceof SMTPAddressFailedException recipient) {
        return answer("the recipient", recipient.getReturnCode());
      }
      if (e instanceof SMTPSendFailedException sending && sending.getReturnCode() >= 400) {
        String command = String.valueOf(sending.getCommand());
        return command.startsWith("MAIL")
            ? new IOException("the server refuses the sender, " + sending.getReturnCode())
            : answer("the mail", sending.getReturnCode());
      }
    }
    if (failure instanceof AuthenticationFailedException) {
      return new IOException("the server does not take the user or the password");
    }
    return new IOException("the server cannot be talked to: " + words(failure));
  }

  private static @Nullable Exception next(Exception e) {
    return e instanceof MessagingException m ? m.getNextException() : null;
  }

  private static IOException answer(String what, int code) {
    return code >= 500 && !OURS.contains(code)
        ? new MailRefusedException("the server refuses " + what + ", " + code)
        : new IOException("the server does not take " + what + " now, " + code);
  }

  /** Names of classes, and what the network and TLS say, which is about the server only. */
  private static String words(MessagingException failure) {
    StringBuilder words = new StringBuilder(failure.getClass().getSimpleName());
    for (Exception e = next(failure); e != null; e = next(e)) {
      words.append(", ").append(e.getClass().getSimpleName());
      String type = e.getClass().getName();
      if (type.startsWith("java.net.") || type.startsWith("javax.net.ssl.")) {
        words.append(" (").append(e.getMessage()).append(')');
      }
    }
    return words.toString();
  }
}
