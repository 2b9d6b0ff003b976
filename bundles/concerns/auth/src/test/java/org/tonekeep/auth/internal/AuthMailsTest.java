package org.tonekeep.auth.internal;

import org.tonekeep.mail.api.MailTemplates;
import org.tonekeep.testing.contracts.MailTemplatesContract;

public final class AuthMailsTest extends MailTemplatesContract {
  @Override
  protected MailTemplates templates() {
    return new AuthMails();
  }

  @Override
  protected String concern() {
    return "auth";
  }
}
