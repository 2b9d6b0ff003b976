package org.tonekeep.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.Test;
import org.tonekeep.catalog.internal.TrackQuery.Order;

public class CursorsTest {
  private static final String ID = "00000000-0000-7000-8000-000000000001";

  @Test
  public void shouldRefuseNumbersThatNoTrackHas() {
    for (String number : new String[] {"NaN", "Infinity", "-Infinity", "1e999", "-1e999"}) {
      assertThat(Cursors.read(encoded("BPM+" + ID + ":" + number), Order.BPM, false)).isEmpty();
      assertThat(Cursors.read(encoded("DURATION-" + ID + ":" + number), Order.DURATION, true))
          .isEmpty();
    }
    assertThat(Cursors.read(encoded("BPM+" + ID + ":120.5"), Order.BPM, false)).isPresent();
  }

  @Test
  public void shouldRefuseACharacterThatNoDatabaseStores() {
    assertThat(Cursors.read(encoded("TITLE+" + ID + ":a\0b"), Order.TITLE, false)).isEmpty();
    assertThat(Cursors.read(encoded("TITLE+" + ID + ":a:b"), Order.TITLE, false)).isPresent();
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
