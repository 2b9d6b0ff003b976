package org.tonekeep.mail.smtp.internal;

import java.lang.annotation.Annotation;

/** A configuration that a test writes. */
@SuppressWarnings("ClassExplicitlyAnnotation")
record Configured(
    String host,
    int port,
    String security,
    String user,
    String password,
    String password_file,
    int connect_seconds,
    int answer_seconds)
    implements SmtpConfig {
  static Configured of(String host, int port, String security) {
    return new Configured(host, port, security, "", "", "", 2, 1);
  }

  Configured user(String user, String password) {
    return new Configured(host, port, security, user, password, "", 2, 1);
  }

  Configured passwordFile(String user, String file) {
    return new Configured(host, port, security, user, "wrong", file, 2, 1);
  }

  SmtpMailSender sender() {
    return new SmtpMailSender(SmtpServer.of(this));
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return SmtpConfig.class;
  }
}
