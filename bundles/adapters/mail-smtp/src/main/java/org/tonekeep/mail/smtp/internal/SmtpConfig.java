package org.tonekeep.mail.smtp.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the mail server, PID {@code org.tonekeep.mail.smtp}. */
@ObjectClassDefinition(name = "Tonekeep mail by SMTP", description = "The mail server")
public @interface SmtpConfig {
  @AttributeDefinition(description = "Host name, as its certificate has it; empty: no adapter")
  String host() default "";

  @AttributeDefinition(description = "0: 587 for starttls, 465 for tls, 25 for none")
  int port() default 0;

  @AttributeDefinition(description = "starttls, tls, or (only on this machine) none")
  String security() default "starttls";

  @AttributeDefinition(description = "Who signs in; empty: nobody does")
  String user() default "";

  @AttributeDefinition(description = "The password")
  String password() default "";

  @AttributeDefinition(description = "A file that holds the password and nothing else")
  String password_file() default "";

  @AttributeDefinition(description = "Seconds to wait for a connection")
  int connect_seconds() default 10;

  @AttributeDefinition(description = "Seconds to wait for an answer")
  int answer_seconds() default 30;
}
