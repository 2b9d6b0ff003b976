package org.tonekeep.rest.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** The keys of a tenant's file that this face reads, but for the limits. */
@Component(service = KeyDeclaration.class)
public final class SiteKeys implements KeyDeclaration {
  static final SettingKey<String> AI_USE =
      SettingKey.choice(
          "site.aiUse",
          "forbidden",
          "Whether machines may learn from what is here; forbidden is said in every response.",
          "forbidden",
          "allowed");

  static final SettingKey<NetIdentity> NET_IDENTITY =
      new SettingKey<>(
          "net.identity",
          "none|daily-hash|raw-ttl:<duration>",
          "none",
          "What may be kept of network addresses: nothing, a pseudonym of the day, or besides it the"
              + " address itself in memory for so long.",
          NetIdentity::parse);

  static final SettingKey<String> NET_UA =
      SettingKey.choice(
          "net.ua",
          "none",
          "What may be kept of user agents: nothing, a pseudonym of the day, or browser and system.",
          "none",
          "hash",
          "family");

  /**
   * Declared by the concern whose session cookie has the same prefix: a prefix that two bundles
   * share is refused for as long as only one of them is there.
   */
  static final SettingKey<List<String>> COOKIES_ALLOWED =
      SettingKey.list(
          "cookies.allowed",
          "",
          "Cookies besides the session's. Any other is stripped from the response and reported.");

  static final SettingKey<String> HTTPS =
      SettingKey.choice(
          "transport.https",
          "required",
          "Whether plain http from other machines is refused, and pages are sent to https.",
          "required",
          "optional");

  static final SettingKey<String> TLS_LEAST =
      SettingKey.choice(
          "tls.min",
          "1.2",
          "The oldest TLS that is let in at the platform's own listener.",
          "1.2",
          "1.3");

  @Activate
  public SiteKeys() {}

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(AI_USE, NET_IDENTITY, NET_UA, HTTPS, TLS_LEAST);
  }
}
