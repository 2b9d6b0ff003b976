package org.tonekeep.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.Test;

/** The kept library is the published one but for the change that vendor/README.md describes. */
public class VendoredWaveformTest {
  private static final String PUBLISHED =
      "079f3b142f37737f975b03ea8fd18652a316dc2120a2629aeca0844a0c08f2b1";

  @Test
  public void shouldBeThePublishedFileWithItsMarkupRenamed() throws Exception {
    String kept = read("/web/shell/vendor/wavesurfer.esm.js");
    String published = kept.replace(".tonekeepHtml=", ".innerHTML=");
    assertThat(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(published.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(PUBLISHED);
    assertThat(read("/web/shell/vendor/README.md")).contains(PUBLISHED);
  }

  @Test
  public void shouldNotParseMarkupAnywhereElse() throws Exception {
    for (String file :
        new String[] {
          "api",
          "dom",
          "frame",
          "i18n",
          "player",
          "playerbar",
          "router",
          "session",
          "shell",
          "ui",
          "waveform",
          "vendor/wavesurfer.esm"
        }) {
      assertThat(read("/web/shell/" + file + ".js"))
          .as(file)
          .doesNotContain("innerHTML")
          .doesNotContain("insertAdjacentHTML")
          .doesNotContain("eval(");
    }
  }

  private static String read(String name) throws IOException {
    try (InputStream in = VendoredWaveformTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
