package org.tonekeep.auth.internal;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.identity.api.Account;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.MailPurpose;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.mail.api.MailTemplates;

/** The mails of this concern. A token stands behind the {@code #} of a link: no server logs it. */
@Component(service = MailTemplates.class)
public final class AuthMails implements MailTemplates {
  private static final String CONFIRM = "auth.confirm";
  private static final String ALREADY = "auth.already";
  private static final String RESET = "auth.reset";
  private static final String PASSWORD_CHANGED = "auth.password-changed";
  private static final String FACTORS_RESET = "auth.factors-reset";
  private static final String GUESSED = "auth.guessed";
  private static final String CODELESS = "auth.codeless";
  private static final List<String> LANGUAGES = List.of("en", "de", "es");
  private static final List<String> LINK = List.of("link");

  @Override
  public List<MailTemplate> templates() {
    return List.of(
        template(CONFIRM),
        template(ALREADY),
        template(RESET),
        template(PASSWORD_CHANGED),
        template(FACTORS_RESET),
        template(GUESSED),
        template(CODELESS));
  }

  static Letter confirm(Account account, String token) {
    return letter(CONFIRM, account, "/confirm#token=" + token);
  }

  static Letter already(Account account) {
    return letter(ALREADY, account, "/forgot");
  }

  static Letter reset(Account account, String token) {
    return letter(RESET, account, "/reset#token=" + token);
  }

  static Letter passwordChanged(Account account) {
    return letter(PASSWORD_CHANGED, account, "/forgot");
  }

  static Letter factorsReset(Account account) {
    return letter(FACTORS_RESET, account, "/account");
  }

  static Letter guessed(Account account) {
    return letter(GUESSED, account, "/account");
  }

  static Letter codeless(Account account) {
    return letter(CODELESS, account, "/account");
  }

  private static Letter letter(String template, Account account, String link) {
    return new Letter(template, account.email(), Optional.of(account.id()), Map.of("link", link));
  }

  private static MailTemplate template(String id) {
    Map<String, URL> texts = new TreeMap<>();
    for (String language : LANGUAGES) {
      String name = "/mail/" + id.substring("auth.".length()) + "." + language + ".txt";
      URL text = AuthMails.class.getResource(name);
      if (text == null) {
        throw new IllegalStateException("The bundle has no " + name);
      }
      texts.put(language, text);
    }
    return new MailTemplate(id, MailPurpose.AUTHENTICATION, LINK, texts);
  }
}
