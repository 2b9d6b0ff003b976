package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.tonekeep.identity.api.Profile;

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
      assertThat(problem(password, EMAIL)).as(password).isEmpty();
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
      assertThat(problem(password, EMAIL)).as(password).isPresent();
    }
  }

  @Test
  public void shouldNeverRepeatThePasswordInTheReason() {
    assertThat(problem("iloveyou", EMAIL).orElseThrow()).doesNotContain("iloveyou");
  }

  private static Optional<String> problem(String password, String email) {
    return new PasswordRules(new TestSites())
        .problem(TestSites.ALICE, password, email, Profile.named("Ann Lee"));
  }
}
