package org.tonekeep.mail.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A service by which a bundle registers the mails that it sends. */
@ConsumerType
public interface MailTemplates {
  List<MailTemplate> templates();
}
