package org.tonekeep.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.Test;
import org.tonekeep.identity.api.EmailAddress;

public final class EmailAddressTest {
  @Test
  public void shouldNormaliseIndependentlyOfTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(new EmailAddress("INFO@EXAMPLE.ORG").normal()).isEqualTo("info@example.org");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  public void shouldNotFoldWhatOnlyTheMailHostMayFold() {
    assertThat(new EmailAddress("a.b+tag@example.org").normal()).isEqualTo("a.b+tag@example.org");
  }

  @Test
  public void shouldRefuseWhatCannotBeAnAddressWithoutRepeatingIt() {
    for (String text :
        List.of(
            "",
            "canary",
            "@canary",
            "canary@",
            "canary@a@b",
            "can ary@b",
            "canary,b@c",
            "canary(b@c",
            "\"canary\"@c",
            "canary\\b@c",
            "<canary@c>",
            "canary@[127.0.0.1]",
            "canary;b@c",
            "canary@b\nBcc: x@y",
            "can\u200bary@b",
            "canary@b\u0000",
            "canary\u202e@b",
            "canary\ud800@b",
            "c".repeat(65) + "@b",
            "canary@" + "x".repeat(248))) {
      assertThatThrownBy(() -> new EmailAddress(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("canary");
    }
  }

  @Test
  public void shouldNotPrintItself() {
    assertThat(new EmailAddress("canary@example.org").toString()).doesNotContain("canary");
  }
}
