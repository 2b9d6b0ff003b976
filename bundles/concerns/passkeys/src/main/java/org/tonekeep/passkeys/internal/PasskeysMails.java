package org.tonekeep.passkeys.internal;

import static java.util.Objects.requireNonNull;

import java.net.URL;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.mail.api.MailPurpose;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.mail.api.MailTemplates;

/** The mails that this concern sends. */
@Component(service = MailTemplates.class)
public final class PasskeysMails implements MailTemplates {
  static final String ADDED = "passkeys.added";
  static final String REMOVED = "passkeys.removed";

  @Override
  public List<MailTemplate> templates() {
    return List.of(template(ADDED, "added"), template(REMOVED, "removed"));
  }

  private static MailTemplate template(String id, String file) {
    return new MailTemplate(
        id,
        MailPurpose.AUTHENTICATION,
        List.of(),
        Map.of("en", text(file + ".en.txt"), "de", text(file + ".de.txt")));
  }

  private static URL text(String name) {
    return requireNonNull(PasskeysMails.class.getResource("/mail/" + name), name);
  }
}
