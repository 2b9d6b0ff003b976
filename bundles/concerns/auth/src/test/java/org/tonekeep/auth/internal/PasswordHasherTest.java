package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.Test;
import org.tonekeep.testing.kit.TestKeys;

public final class PasswordHasherTest {
  private static final int CHEAP = 4;

  private final PasswordHasher hasher = new PasswordHasher(new TestKeys());

  @Test
  public void shouldKnowOnlyTheExactPasswordAroundEveryBorder() {
    String a = "a".repeat(1);
    for (String password :
        List.of(
            a.repeat(8),
            a.repeat(71),
            a.repeat(72),
            a.repeat(73),
            "é".repeat(36),
            "🎹".repeat(18) + "x",
            "before\u0000after",
            "\u0000".repeat(8),
            " blanks at both ends ",
            a.repeat(1024))) {
      Optional<Credential> stored = Optional.of(hasher.hash(ALICE, password, CHEAP));
      assertThat(hasher.verify(ALICE, password, stored, CHEAP)).isTrue();
      for (String other :
          List.of(
              password + "x",
              password + "\u0000",
              password.substring(0, password.length() - 1),
              "x" + password.substring(1),
              password.substring(0, password.length() - 1) + "y",
              password.strip() + " ",
              "")) {
        assertThat(hasher.verify(ALICE, other, stored, CHEAP)).as(other).isFalse();
      }
    }
  }

  @Test
  public void shouldMakeTheSameHashOfASignUpForTheSameAddressAndPasswordOnly() {
    String email = "ann@example.org";
    Credential first = hasher.hashAgain(ALICE, email, "correct horse battery", CHEAP);

    assertThat(hasher.hashAgain(ALICE, email, "correct horse battery", CHEAP)).isEqualTo(first);
    assertThat(hasher.verify(ALICE, "correct horse battery", Optional.of(first), CHEAP)).isTrue();
    String salt = first.hash().substring(0, 29);
    assertThat(hasher.hashAgain(ALICE, email, "another password", CHEAP).hash())
        .startsWith(salt)
        .isNotEqualTo(first.hash());
    assertThat(hasher.hashAgain(ALICE, "bea@example.org", "correct horse battery", CHEAP).hash())
        .doesNotStartWith(salt);
    assertThat(hasher.hashAgain(BOB, email, "correct horse battery", CHEAP).hash())
        .doesNotStartWith(salt);
  }

  @Test
  public void shouldNotNormaliseTheTwoFormsOfOneLetter() {
    Optional<Credential> stored = Optional.of(hasher.hash(ALICE, "caf\u00e9caf\u00e9", CHEAP));

    assertThat(hasher.verify(ALICE, "cafe\u0301cafe\u0301", stored, CHEAP)).isFalse();
  }

  @Test
  public void shouldNotTakeADamagedCharacterForAQuestionMark() {
    Optional<Credential> stored = Optional.of(hasher.hash(ALICE, "password?", CHEAP));

    assertThat(hasher.verify(ALICE, "password\ud800", stored, CHEAP)).isFalse();
  }

  @Test
  public void shouldPepperEachTenantsPasswordsDifferently() {
    Optional<Credential> stored = Optional.of(hasher.hash(ALICE, "correct horse", CHEAP));

    assertThat(hasher.verify(BOB, "correct horse", stored, CHEAP)).isFalse();
  }

  @Test
  public void shouldStoreSaltedBcryptOfTheAskedCostWithItsScheme() {
    Credential first = hasher.hash(ALICE, "correct horse", 5);
    Credential second = hasher.hash(ALICE, "correct horse", 5);

    assertThat(first.hash()).matches("\\$2b\\$05\\$[./A-Za-z0-9]{53}").isNotEqualTo(second.hash());
    assertThat(first.scheme()).isEqualTo("bcrypt-hmac384");
    assertThat(first.toString()).doesNotContain(first.hash());
    assertThat(PasswordHasher.isWeak(first, 5)).isFalse();
    assertThat(PasswordHasher.isWeak(first, 6)).isTrue();
    assertThat(PasswordHasher.isWeak(first, 4)).isFalse();
    assertThat(PasswordHasher.isWeak(new Credential("older", first.hash()), 5)).isTrue();
  }

  @Test
  public void shouldDoAFullBcryptForAnAccountThatDoesNotExist() throws Exception {
    // A hash of a wrong form would be refused at once, and the time taken would tell.
    byte[] dummy = PasswordHasher.dummy(12).getBytes(StandardCharsets.US_ASCII);

    BCrypt.HashData parsed = BCrypt.Version.VERSION_2B.parser.parse(dummy);

    assertThat(parsed.cost).isEqualTo(12);
    assertThat(parsed.rawSalt).hasSize(16);
    assertThat(parsed.rawHash).hasSize(23);
    assertThat(hasher.verify(ALICE, "correct horse", Optional.empty(), CHEAP)).isFalse();
  }

  @Test
  public void shouldRefuseEveryPasswordForAnUnknownScheme() {
    Credential known = hasher.hash(ALICE, "correct horse", CHEAP);
    Optional<Credential> stored = Optional.of(new Credential("future", known.hash()));

    assertThat(hasher.verify(ALICE, "correct horse", stored, CHEAP)).isFalse();
  }

  @Test
  public void shouldKnowOnlyTheExactPasswordOfAnyBytesUpToFourThousand() {
    Random random = new Random(20_260);
    for (int i = 0; i < 1_000; i++) {
      String password = any(random, 1 + random.nextInt(i % 10 == 0 ? 4_096 : 80));
      int at = random.nextInt(password.length());
      String other =
          password.substring(0, at)
              + (char) ('a' + (password.charAt(at) + 1) % 20)
              + password.substring(at + 1);
      Optional<Credential> stored = Optional.of(hasher.hash(ALICE, password, CHEAP));
      assertThat(hasher.verify(ALICE, password, stored, CHEAP)).isTrue();
      assertThat(other.equals(password) || !hasher.verify(ALICE, other, stored, CHEAP)).isTrue();
    }
  }

  /** NUL, control characters, letters of one to three bytes and emoji. */
  private static String any(Random random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int kind = random.nextInt(4);
      text.appendCodePoint(
          switch (kind) {
            case 0 -> random.nextInt(32);
            case 1 -> 32 + random.nextInt(96);
            case 2 -> 0xA0 + random.nextInt(0x1000);
            default -> 0x1F300 + random.nextInt(0x200);
          });
    }
    return text.toString();
  }

  @Test
  public void shouldRefuseWithTheWorkOfTheDearestHashWhateverWasStored() {
    Credential cheap = hasher.hash(ALICE, "correct horse", 5);
    long unknown = fastest(() -> hasher.verify(ALICE, "wrong", Optional.empty(), 10));
    long padded = fastest(() -> hasher.verify(ALICE, "wrong", Optional.of(cheap), 10));

    // Without the padding it would be a thirtieth.
    assertThat(padded).isGreaterThan(unknown / 2).isLessThan(unknown * 2);
    assertThat(hasher.verify(ALICE, "correct horse", Optional.of(cheap), 10)).isTrue();
  }

  private static long fastest(BooleanSupplier work) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 7; i++) {
      long begun = System.nanoTime();
      assertThat(work.getAsBoolean()).isFalse();
      best = Math.min(best, System.nanoTime() - begun);
    }
    return best;
  }
}
