package org.tonekeep.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.Test;

/** The test vectors of RFC 5869, appendix A.1 to A.3. */
public final class HkdfTest {
  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] range(int from, int to) {
    byte[] bytes = new byte[to - from + 1];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static void check(byte[] ikm, byte[] salt, byte[] info, String prk, String okm) {
    byte[] extracted = Hkdf.extract(salt, ikm);
    assertThat(extracted).isEqualTo(hex(prk));
    byte[] expected = hex(okm);
    assertThat(Hkdf.expand(extracted, info, expected.length)).isEqualTo(expected);
  }

  @Test
  public void shouldGiveTheBasicVector() {
    check(
        hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
        range(0, 0x0c),
        range(0xf0, 0xf9),
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  public void shouldGiveTheVectorOfLongInputs() {
    check(
        range(0, 0x4f),
        range(0x60, 0xaf),
        range(0xb0, 0xff),
        "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e"
            + "590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  public void shouldGiveTheVectorWithoutSaltAndInfo() {
    check(
        hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
        new byte[0],
        new byte[0],
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  @Test
  public void shouldRefuseALengthThatHkdfCannotGive() {
    assertThatThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], 8161))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
