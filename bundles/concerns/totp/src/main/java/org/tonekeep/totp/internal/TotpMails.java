package org.tonekeep.totp.internal;

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
public final class TotpMails implements MailTemplates {
  static final String ON = "totp.on";
  static final String OFF = "totp.off";
  static final String RECOVERY = "totp.recovery";

  @Override
  public List<MailTemplate> templates() {
    return List.of(
        template(ON, "on", List.of()),
        template(OFF, "off", List.of()),
        template(RECOVERY, "recovery", List.of("left")));
  }

  private static MailTemplate template(String id, String file, List<String> values) {
    return new MailTemplate(
        id,
        MailPurpose.AUTHENTICATION,
        values,
        Map.of("en", text(file + ".en.txt"), "de", text(file + ".de.txt")));
  }

  private static URL text(String name) {
    return requireNonNull(TotpMails.class.getResource("/mail/" + name), name);
  }
}
