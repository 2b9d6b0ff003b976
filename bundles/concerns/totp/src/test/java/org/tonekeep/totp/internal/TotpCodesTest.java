package org.tonekeep.totp.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.Test;

public final class TotpCodesTest {
  private static final SecretKey SEED =
      new SecretKeySpec("12345678901234567890".getBytes(US_ASCII), "RAW");

  /** RFC 6238 appendix B, the rows of SHA-1; the last six of the eight digits. */
  @Test
  public void shouldMakeTheCodesOfTheRfc() {
    Map<Long, String> vectors =
        Map.of(
            59L, "287082",
            1111111109L, "081804",
            1111111111L, "050471",
            1234567890L, "005924",
            2000000000L, "279037",
            20000000000L, "353130");
    vectors.forEach(
        (time, code) -> {
          long step = TotpCodes.step(Instant.ofEpochSecond(time));
          assertThat(TotpCodes.code(SEED, step)).as("at %s", time).isEqualTo(code);
        });
  }

  /** RFC 4226 appendix D. */
  @Test
  public void shouldMakeTheCodesOfTheCounter() {
    String[] codes = {
      "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
      "520489"
    };
    for (int i = 0; i < codes.length; i++) {
      assertThat(TotpCodes.code(SEED, i)).isEqualTo(codes[i]);
    }
  }

  @Test
  public void shouldTakeTheStepsAroundNowAndNoneThatWasTaken() {
    Instant now = Instant.ofEpochSecond(3000);
    for (int step = 95; step <= 105; step++) {
      boolean near = step >= 99 && step <= 101;
      assertThat(TotpCodes.match(SEED, TotpCodes.code(SEED, step), now, -1))
          .as("step %s", step)
          .isEqualTo(near ? OptionalLong.of(step) : OptionalLong.empty());
    }
    assertThat(TotpCodes.match(SEED, TotpCodes.code(SEED, 100), now, 99)).hasValue(100);
    assertThat(TotpCodes.match(SEED, TotpCodes.code(SEED, 100), now, 100)).isEmpty();
    assertThat(TotpCodes.match(SEED, TotpCodes.code(SEED, 99), now, 100)).isEmpty();
    assertThat(TotpCodes.match(SEED, TotpCodes.code(SEED, 101), now, 100)).hasValue(101);
  }

  /** RFC 4648 section 10. */
  @Test
  public void shouldWriteBase32WithoutPadding() {
    Map<String, String> vectors =
        Map.of(
            "",
            "",
            "f",
            "MY",
            "fo",
            "MZXQ",
            "foo",
            "MZXW6",
            "foob",
            "MZXW6YQ",
            "fooba",
            "MZXW6YTB",
            "foobar",
            "MZXW6YTBOI");
    vectors.forEach(
        (plain, text) -> assertThat(TotpCodes.base32(plain.getBytes(US_ASCII))).isEqualTo(text));
    assertThat(TotpCodes.base32(SEED.getEncoded())).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(TotpCodes.newSeed()).hasSize(20).isNotEqualTo(TotpCodes.newSeed());
  }
}
