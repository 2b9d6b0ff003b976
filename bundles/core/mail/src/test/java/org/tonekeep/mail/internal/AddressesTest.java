package org.tonekeep.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.Test;
import org.tonekeep.mail.api.MailPurpose;

public final class AddressesTest {
  private final Sites sites = new Sites();

  private SiteAddress of(List<String> hosts, Map<String, String> settings) {
    sites.put(Sites.ALICE, hosts, Locale.ENGLISH, settings);
    return SiteAddress.of(sites.require(Sites.ALICE), 8181);
  }

  @Test
  public void shouldFindTheSitesRoot() {
    assertThat(of(List.of("a.example", "b.example"), Map.of()))
        .isEqualTo(new SiteAddress("https://a.example", "a.example"));
    assertThat(of(List.of("a.localhost"), Map.of()).root()).isEqualTo("http://a.localhost:8181");
    assertThat(of(List.of(), Map.of("site.url", "https://c.example:8443/t/alice/")))
        .isEqualTo(new SiteAddress("https://c.example:8443/t/alice", "c.example"));
    assertThatThrownBy(() -> of(List.of(), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("site.url");
  }

  @Test
  public void shouldOnlyLinkBelowTheRoot() {
    SiteAddress site = of(List.of("a.example"), Map.of());
    assertThat(site.link("link", "/confirm?x=1&y=%20#t-_."))
        .isEqualTo("https://a.example/confirm?x=1&y=%20#t-_.");
    for (String bad :
        List.of(
            "",
            "confirm",
            "//evil.example",
            "https://evil.example",
            "/a b",
            "/a\"b",
            "/a\nb",
            "/\\evil.example",
            "@evil.example")) {
      assertThatThrownBy(() -> site.link("link", bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("evil");
    }
  }

  @Test
  public void shouldRefuseWhatWouldWriteHeadersOfItsOwn() {
    for (String bad :
        List.of(
            "a@b.example\r\nBcc: c@d.example",
            "a,b@c.example",
            "<a@b.example>",
            "\"a b\"@c.example",
            "a;b@c.example",
            "nobody")) {
      assertThatThrownBy(() -> Mailbox.bare(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("example");
    }
    assertThat(Mailbox.parse("Söhne & Co <no-reply@a.example>"))
        .isEqualTo(new Mailbox("Söhne & Co", "no-reply@a.example"));
    assertThatThrownBy(() -> Mailbox.parse("A\nB <a@b.example>"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void shouldReadTheTenantsKeys() {
    assertThat(MailKeys.PURPOSES.parse("notice , prompt"))
        .containsExactlyInAnyOrder(MailPurpose.NOTICE, MailPurpose.PROMPT);
    assertThat(MailKeys.PURPOSES.parse("")).isEmpty();
    assertThatThrownBy(() -> MailKeys.PURPOSES.parse("marketing"))
        .hasMessage("expected some of authentication, notice, service, prompt");
    assertThatThrownBy(() -> MailKeys.SITE_URL.parse("ftp://x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MailKeys.FROM.parse("x")).isInstanceOf(IllegalArgumentException.class);
  }
}
