package org.tonekeep.totp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

public final class QrSvgTest {
  private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

  @Test
  public void shouldDrawEveryModuleInsideOfAQuietZone() {
    String text =
        "otpauth://totp/Tonekeep:ann%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    boolean[][] drawn = new boolean[code.size + 8][code.size + 8];
    Matcher run = RUN.matcher(QrSvg.of(text));
    while (run.find()) {
      for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
        drawn[Integer.parseInt(run.group(2))][Integer.parseInt(run.group(1)) + i] = true;
      }
    }

    for (int y = 0; y < drawn.length; y++) {
      for (int x = 0; x < drawn.length; x++) {
        assertThat(drawn[y][x]).isEqualTo(code.getModule(x - 4, y - 4));
      }
    }
    assertThat(QrSvg.of(text)).contains("viewBox=\"0 0 " + drawn.length + " " + drawn.length);
  }
}
