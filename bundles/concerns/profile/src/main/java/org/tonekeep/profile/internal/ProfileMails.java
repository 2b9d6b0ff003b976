package org.tonekeep.profile.internal;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.MailPurpose;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.mail.api.MailTemplates;

/** The mails of this concern. A token stands behind the {@code #} of a link: no server logs it. */
@Component(service = MailTemplates.class)
public final class ProfileMails implements MailTemplates {
  private static final String CONFIRM = "profile.email-confirm";
  private static final String CHANGED = "profile.email-changed";
  private static final String RESTORED = "profile.email-restored";
  private static final String TAKEN = "profile.email-taken";
  private static final List<String> LANGUAGES = List.of("en", "de");

  @Override
  public List<MailTemplate> templates() {
    return List.of(template(CONFIRM), template(CHANGED), template(RESTORED), template(TAKEN));
  }

  static Letter confirm(AccountId account, String to, String token) {
    return letter(CONFIRM, account, to, "/email#token=" + token);
  }

  static Letter changed(AccountId account, String to, String token) {
    return letter(CHANGED, account, to, "/email-undo#token=" + token);
  }

  static Letter restored(AccountId account, String to) {
    return letter(RESTORED, account, to, "/forgot");
  }

  static Letter taken(AccountId account, String to) {
    return letter(TAKEN, account, to, "/signin");
  }

  private static Letter letter(String template, AccountId account, String to, String link) {
    return new Letter(template, to, Optional.of(account), Map.of("link", link));
  }

  private static MailTemplate template(String id) {
    Map<String, URL> texts = new TreeMap<>();
    for (String language : LANGUAGES) {
      String name = "/mail/" + id.substring("profile.".length()) + "." + language + ".txt";
      URL text = ProfileMails.class.getResource(name);
      if (text == null) {
        throw new IllegalStateException("The bundle has no " + name);
      }
      texts.put(language, text);
    }
    return new MailTemplate(id, MailPurpose.AUTHENTICATION, List.of("link"), texts);
  }
}
