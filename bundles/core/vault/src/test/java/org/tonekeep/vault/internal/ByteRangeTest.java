package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.Test;
import org.tonekeep.rest.api.ProblemException;

public final class ByteRangeTest {
  private static final long SIZE = 1000;

  private static void is(String header, long first, long last) {
    assertThat(ByteRange.parse(header, SIZE)).contains(new ByteRange(first, last));
  }

  @Test
  public void shouldReadOneRange() {
    is("bytes=0-0", 0, 0);
    is("bytes=0-499", 0, 499);
    is("bytes=500-", 500, 999);
    is("bytes=999-", 999, 999);
    is("bytes=0-99999", 0, 999);
    is("bytes=-1", 999, 999);
    is("bytes=-5000", 0, 999);
    is("Bytes= 10-20 ", 10, 20);
    is("bytes=0-99999999999999999999999", 0, 999);
    is("bytes=-99999999999999999999999", 0, 999);
  }

  @Test
  public void shouldIgnoreSeveralAndMalformedRanges() {
    for (String header :
        new String[] {
          "bytes=0-1,5-6",
          "bytes=5-4",
          "bytes=-",
          "bytes=",
          "bytes",
          "",
          "items=0-5",
          "bytes=a-b",
          "bytes=0x1-5",
          "bytes=--5",
          "bytes=1-2-3",
          "bytes 0-5",
          "bytes=\u0661-\u0662",
          "bytes=+1-2"
        }) {
      assertThat(ByteRange.parse(header, SIZE)).as(header).isEmpty();
    }
  }

  @Test
  public void shouldRefuseARangeOutsideTheBytes() {
    for (String header :
        new String[] {
          "bytes=1000-", "bytes=1000-2000", "bytes=99999999999999999999-", "bytes=-0"
        }) {
      refuses(header, SIZE);
    }
    refuses("bytes=0-", 0);
    refuses("bytes=-5", 0);
  }

  private static void refuses(String header, long size) {
    assertThatThrownBy(() -> ByteRange.parse(header, size))
        .as(header)
        .isInstanceOfSatisfying(
            ProblemException.class,
            p -> {
              assertThat(p.status()).isEqualTo(416);
              assertThat(p.headers()).isEqualTo(Map.of("Content-Range", "bytes */" + size));
            });
  }
}
