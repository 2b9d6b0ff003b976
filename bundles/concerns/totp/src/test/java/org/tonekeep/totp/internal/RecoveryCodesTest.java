package org.tonekeep.totp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.Test;

public final class RecoveryCodesTest {
  @Test
  public void shouldMakeTenCodesInReadableGroups() {
    List<String> codes = RecoveryCodes.next();
    assertThat(codes).hasSize(10);
    assertThat(new HashSet<>(codes)).hasSize(10);
    assertThat(codes)
        .allMatch(code -> code.matches("([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]"));
  }

  @Test
  public void shouldReadACodeHoweverItIsTyped() {
    String hash = RecoveryCodes.hash("10ABC-DEFGH-JKMNP-QRSTV-WXYZ0-1").orElseThrow();
    assertThat(hash).matches("[0-9a-f]{64}");
    for (String typed :
        List.of(
            "10abc-defgh-jkmnp-qrstv-wxyz0-1",
            " iOABC DEFGH JKMNP QRSTV WXYZo L ",
            "10ABCDEFGHJKMNPQRSTVWXYZ01")) {
      assertThat(RecoveryCodes.hash(typed)).as(typed).contains(hash);
    }
    for (String code : RecoveryCodes.next()) {
      assertThat(RecoveryCodes.hash(code.toLowerCase(Locale.ROOT)))
          .isEqualTo(RecoveryCodes.hash(code));
    }
  }

  @Test
  public void shouldKnowWhatCannotBeACode() {
    for (String typed : List.of("", "123456", "10ABC-DEFGH-JKMNP-QRSTV-WXYZ0", "U".repeat(26))) {
      assertThat(RecoveryCodes.hash(typed)).as(typed).isEmpty();
    }
  }
}
