package org.tonekeep.appkeys.internal;

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
public final class AppKeysMails implements MailTemplates {
  static final String CREATED = "appkeys.created";

  @Override
  public List<MailTemplate> templates() {
    return List.of(
        new MailTemplate(
            CREATED,
            MailPurpose.AUTHENTICATION,
            List.of("scope", "expires"),
            Map.of("en", text("created.en.txt"), "de", text("created.de.txt"))));
  }

  private static URL text(String name) {
    return requireNonNull(AppKeysMails.class.getResource("/mail/" + name), name);
  }
}
