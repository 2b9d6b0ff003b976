package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.util.List;
import org.junit.Test;
import org.tonekeep.testing.kit.TestKeys;

public final class SessionTokensTest {
  private final SessionTokens tokens = new SessionTokens(new TestKeys());

  @Test
  public void shouldRecogniseItsOwnTokenInItsTenantOnly() {
    SessionTokens.Token token = tokens.next(ALICE);

    assertThat(tokens.hashOf(ALICE, token.value())).contains(token.hash());
    assertThat(tokens.hashOf(BOB, token.value())).isEmpty();
    assertThat(token.hash()).matches("[0-9a-f]{64}");
    assertThat(token.toString()).doesNotContain(token.value());
    assertThat(tokens.next(ALICE).value()).isNotEqualTo(token.value());
  }

  @Test
  public void shouldRefuseATokenWithAnyCharacterChanged() {
    String value = tokens.next(ALICE).value();
    // The last character of each half has two bits that do not count; all others must.
    for (int i = 0; i < value.length(); i++) {
      if (i == 42 || i == 43 || i == value.length() - 1) {
        continue;
      }
      char other = value.charAt(i) == 'A' ? 'B' : 'A';
      String changed = value.substring(0, i) + other + value.substring(i + 1);
      assertThat(tokens.hashOf(ALICE, changed)).as("character %s", i).isEmpty();
    }
  }

  @Test
  public void shouldTakeExactlyOneSpellingOfAToken() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String value = tokens.next(ALICE).value();

    for (int at : List.of(42, value.length() - 1)) {
      long taken =
          alphabet
              .chars()
              .mapToObj(c -> value.substring(0, at) + (char) c + value.substring(at + 1))
              .filter(spelling -> tokens.hashOf(ALICE, spelling).isPresent())
              .count();
      assertThat(taken).isEqualTo(1);
    }
  }

  @Test
  public void shouldRefuseWhatIsNotAToken() {
    String value = tokens.next(ALICE).value();
    for (String text :
        List.of("", ".", value + "A", value + ".", value + "\n", " " + value, "é".repeat(87))) {
      assertThat(tokens.hashOf(ALICE, text)).isEmpty();
    }
  }
}
