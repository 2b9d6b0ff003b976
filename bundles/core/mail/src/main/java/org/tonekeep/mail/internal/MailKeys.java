package org.tonekeep.mail.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.mail.api.MailPurpose;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** The tenant keys of this bundle. */
@Component(service = KeyDeclaration.class)
public final class MailKeys implements KeyDeclaration {
  /** Who sends. */
  static final SettingKey<String> ADAPTER =
      new SettingKey<>(
          "mail.adapter",
          "adapter name",
          "outbox",
          "How mails leave: outbox (files for the operator) or smtp",
          MailKeys::word);

  /** What mails may be for. */
  static final SettingKey<Set<MailPurpose>> PURPOSES =
      new SettingKey<>(
          "mail.purposes",
          "list",
          "authentication, notice, service",
          "What mails may be for; a mail of another purpose is refused",
          MailKeys::purposes);

  /** The sender; empty means {@code noreply@} the first host. */
  static final SettingKey<String> FROM =
      new SettingKey<>(
          "mail.from",
          "mail address",
          "",
          "Sender of mails; empty: noreply@ the first of hosts",
          MailKeys::mailbox);

  /** Where answers go; empty means nowhere else. */
  static final SettingKey<String> REPLY_TO =
      new SettingKey<>(
          "mail.replyTo", "mail address", "", "Where answers to mails go", MailKeys::mailbox);

  /** The site's root; empty means made from the first host. */
  static final SettingKey<String> SITE_URL =
      new SettingKey<>(
          "site.url",
          "address",
          "",
          "Root of the site for links in mails; empty: https:// and the first of hosts",
          MailKeys::root);

  @Activate
  public MailKeys() {}

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(ADAPTER, PURPOSES, FROM, REPLY_TO, SITE_URL);
  }

  static String word(MailPurpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT);
  }

  private static String word(String text) {
    if (!text.matches("[a-z][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("expected a-z, 0-9 and '-'");
    }
    return text;
  }

  private static Set<MailPurpose> purposes(String text) {
    Set<MailPurpose> found = EnumSet.noneOf(MailPurpose.class);
    for (String part : text.split(",", -1)) {
      String word = part.trim();
      if (!word.isEmpty()) {
        found.add(
            Arrays.stream(MailPurpose.values())
                .filter(p -> word(p).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected some of " + words())));
      }
    }
    return found;
  }

  private static String words() {
    return Arrays.stream(MailPurpose.values())
        .map(MailKeys::word)
        .collect(Collectors.joining(", "));
  }

  private static String mailbox(String text) {
    return text.isEmpty() ? "" : Mailbox.parse(text).toString();
  }

  private static String root(String text) {
    if (text.isEmpty()) {
      return "";
    }
    try {
      URI uri = new URI(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean plain =
          uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
      if (!web || uri.getHost() == null || !plain) {
        throw new IllegalArgumentException("expected an address such as https://music.example");
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected an address such as https://music.example", e);
    }
    return text.replaceAll("/+$", "");
  }
}
