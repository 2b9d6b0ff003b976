package org.tonekeep.breakglass.internal;

import org.tonekeep.mail.api.MailTemplates;
import org.tonekeep.testing.contracts.MailTemplatesContract;

public final class BreakglassMailsTest extends MailTemplatesContract {
  @Override
  protected MailTemplates templates() {
    return new BreakglassMails();
  }

  @Override
  protected String concern() {
    return "breakglass";
  }
}
