package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public final class PasswordRulesTest {
  private static final String EMAIL = "Ann.Lee@example.org";

  @Test
  public void shouldTakeAnyCharactersOfEnoughLength() {
    for (String password :
        List.of(
            "xkcdbatt",
            "        z",
            "🎹🎹🎹🎹🎹🎹🎹🎹",
            "nul\u0000inside",
            "line\nbreak",
            "ünïcödé!",
            "q".repeat(1024),
            "ann.lee@example.orgX")) {
      assertThat(PasswordRules.problem(password, EMAIL)).as(password).isEmpty();
    }
  }

  @Test
  public void shouldRefuseWhatIsShortLongDamagedCommonOrTheOwnAddress() {
    for (String password :
        List.of(
            "",
            "1234567",
            "🎹🎹🎹🎹🎹🎹🎹", // seven characters, although 14 UTF-16 units
            "q".repeat(1025),
            "password\ud83c",
            "\udc00password",
            "password",
            "PassWord123",
            "12345678",
            "contraseña",
            "ann.lee@EXAMPLE.org")) {
      assertThat(PasswordRules.problem(password, EMAIL)).as(password).isPresent();
    }
  }

  @Test
  public void shouldNeverRepeatThePasswordInTheReason() {
    assertThat(PasswordRules.problem("iloveyou", EMAIL).orElseThrow()).doesNotContain("iloveyou");
  }
}
