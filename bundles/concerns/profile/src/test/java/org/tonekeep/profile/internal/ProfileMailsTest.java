package org.tonekeep.profile.internal;

import org.tonekeep.mail.api.MailTemplates;
import org.tonekeep.testing.contracts.MailTemplatesContract;

public final class ProfileMailsTest extends MailTemplatesContract {
  @Override
  protected MailTemplates templates() {
    return new ProfileMails();
  }

  @Override
  protected String concern() {
    return "profile";
  }
}
