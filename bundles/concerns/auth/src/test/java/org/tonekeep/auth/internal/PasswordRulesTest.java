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
            "kx7vqzwm",
            "correct horse battery",
            "quite another one",
            "a long enough phrase",
            "🎹🐢zebra🎈moon",
            "nul\u0000in the middle",
            "ünïcödé schön",
            " blanks at both ends ",
            "mountain river 47 teapot ".repeat(40))) {
      assertThat(problem(password, EMAIL)).as(password).isEmpty();
    }
  }

  @Test
  public void shouldRefuseWhatIsShortLongDamagedLeakedGuessedOrTheOwnName() {
    for (String password :
        List.of(
            "",
            "1234567",
            "xK9#vQ2", // good, but for one character
            "🎹🎹🎹🎹🎹🎹🎹", // seven characters, although 14 UTF-16 units
            "q".repeat(1025),
            "password\ud83c",
            "\udc00password",
            "password",
            "PassWord123",
            "12345678",
            "trustno1",
            "contraseña",
            "aaaaaaaaaaaaaaaa",
            "qwertzuiop",
            "Ann Lee",
            "annlee2024",
            "alicealice",
            "ann.lee@EXAMPLE.org")) {
      assertThat(problem(password, EMAIL)).as(password).isPresent();
    }
  }

  @Test
  public void shouldNeverRepeatThePasswordInTheReason() {
    assertThat(problem("iloveyou", EMAIL).orElseThrow()).doesNotContain("iloveyou");
  }

  @Test
  public void shouldKnowManyLeakedPasswordsAndNoOther() {
    LeakedPasswords leaked = new LeakedPasswords();

    assertThat(leaked.size()).isGreaterThan(100_000);
    assertThat(List.of("baseball", "Football", "qwertyuiop", "superman", "1qaz2wsx"))
        .allMatch(leaked::contain);
    assertThat(List.of("correct horse battery", "kx7vqzwm", "")).noneMatch(leaked::contain);
  }

  private static Optional<String> problem(String password, String email) {
    return new PasswordRules(new TestSites())
        .problem(TestSites.ALICE, password, email, Profile.named("Ann Lee"));
  }
}
