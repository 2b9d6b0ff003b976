package org.tonekeep.breakglass.internal;

import static java.util.Objects.requireNonNull;

import java.net.URL;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.mail.api.MailPurpose;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.mail.api.MailTemplates;

/** The mail that tells an owner who is let in. */
@Component(service = MailTemplates.class)
public final class BreakglassMails implements MailTemplates {
  static final String GRANTED = "breakglass.granted";

  @Override
  public List<MailTemplate> templates() {
    return List.of(
        new MailTemplate(
            GRANTED,
            MailPurpose.NOTICE,
            List.of("until", "what", "reason", "ticket"),
            Map.of("en", text("granted.en.txt"), "de", text("granted.de.txt"))));
  }

  private static URL text(String name) {
    return requireNonNull(BreakglassMails.class.getResource("/mail/" + name), name);
  }
}
