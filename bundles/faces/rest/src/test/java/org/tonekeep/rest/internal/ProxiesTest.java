package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class ProxiesTest {
  private static final Proxies PROXIES =
      new Proxies("127.0.0.1, ::1,192.0.2.7, 10.0.0.0/8, 172.16.0.0/12,2001:db8:cafe::/48");

  private static OriginalRequest seen(String peer, String header, String... values) {
    Received received = new Received(peer);
    received.headers.put(header, Arrays.asList(values));
    return PROXIES.original(received.request());
  }

  private static String visitor(String peer, String... forwardedFor) {
    return seen(peer, "X-Forwarded-For", forwardedFor).getRemoteAddr();
  }

  @Test
  public void shouldBelieveTheProxiesOfTheOperator() {
    for (String proxy :
        List.of(
            "127.0.0.1",
            "192.0.2.7",
            "0:0:0:0:0:0:0:1",
            "[::1]",
            "0:0:0:0:0:0:0:1%lo",
            "::ffff:192.0.2.7",
            "10.255.0.1",
            "172.31.255.255",
            "2001:db8:cafe:ffff::1")) {
      assertThat(visitor(proxy, "203.0.113.9")).as(proxy).isEqualTo("203.0.113.9");
      OriginalRequest secured = seen(proxy, "X-Forwarded-Proto", "https");
      assertThat(secured.getScheme()).isEqualTo("https");
      assertThat(secured.isSecure()).isTrue();
    }
  }

  @Test
  public void shouldBelieveNobodyElse() {
    for (String stranger :
        List.of("198.51.100.1", "11.0.0.1", "172.32.0.1", "9.255.255.255", "2001:db8:caff::1")) {
      assertThat(visitor(stranger, "127.0.0.1")).as(stranger).doesNotContain("127.0.0.1");
      assertThat(seen(stranger, "X-Forwarded-Proto", "https").isSecure()).isFalse();
      assertThat(seen(stranger, "CF-IPCountry", "AR").country()).isEqualTo("ZZ");
      assertThat(seen(stranger, "X-Forwarded-For", "127.0.0.1").isLocal()).isFalse();
    }
  }

  /** Peer, header, who is seen: what a visitor writes himself stands left of what a proxy saw. */
  @Test
  public void shouldTakeTheLastHopThatIsNoProxyOfOurs() {
    String[][] table = {
      {"127.0.0.1", "127.0.0.1, 10.0.0.1, 203.0.113.9", "203.0.113.9"},
      {"127.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"},
      {"127.0.0.1", "127.0.0.1, 203.0.113.9, 10.0.0.1, 192.0.2.7", "203.0.113.9"},
      {"127.0.0.1", "1.2.3.4,203.0.113.9", "203.0.113.9"},
      {"127.0.0.1", "10.0.0.3, 10.0.0.1", "10.0.0.3"},
      {"127.0.0.1", "evil, 10.0.0.1", "10.0.0.1"},
      {"127.0.0.1", "203.0.113.9, ", "127.0.0.1"},
      {"127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"},
      {"127.0.0.1", "[2001:db8::9]", "2001:db8:0:0:0:0:0:9"},
      {"203.0.113.1", "1.2.3.4", "203.0.113.1"},
    };
    for (String[] row : table) {
      assertThat(visitor(row[0], row[1])).as(row[1]).isEqualTo(row[2]);
    }
    assertThat(visitor("127.0.0.1", "1.2.3.4", "5.6.7.8")).isEqualTo("5.6.7.8");
    assertThat(seen("127.0.0.1", "X-Forwarded-Proto", "https", "http").isSecure()).isFalse();
    assertThat(seen("127.0.0.1", "X-Forwarded-Proto", "https, http").isSecure()).isFalse();
  }

  @Test
  public void shouldTakeNothingElseForAnAddress() {
    for (String odd :
        List.of(
            "",
            ",",
            "unknown",
            "evil\u0000",
            "1.2.3",
            "a.b.c.d",
            "1.2.3.4 x",
            "1.2.3.4:80",
            "999.1.1.1",
            "01.2.3.4",
            "localhost",
            ":",
            "1.2.3.4.5",
            "_hidden",
            "[1.2.3.4")) {
      assertThat(visitor("127.0.0.1", odd)).as(odd).isEqualTo("127.0.0.1");
      assertThat(seen("127.0.0.1", "X-Forwarded-Proto", odd).getScheme()).isEqualTo("http");
    }
    for (String header : List.of("Forwarded", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP")) {
      assertThat(seen("127.0.0.1", header, "for=1.2.3.4").getRemoteAddr()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  public void shouldTakeCountriesThatExist() {
    assertThat(seen("127.0.0.1", "CF-IPCountry", "AR").country()).isEqualTo("AR");
    for (String none : List.of("XX", "T1", "ar", "ARG", "", "A\u00c4")) {
      assertThat(seen("127.0.0.1", "CF-IPCountry", none).country()).as(none).isEqualTo("ZZ");
    }
  }

  @Test
  public void shouldRefuseAListThatIsNone() {
    for (String wrong : List.of("localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::1/129")) {
      assertThatThrownBy(() -> new Proxies("127.0.0.1, " + wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong);
    }
    assertThat(new Proxies("").original(new Received("127.0.0.1").request()).getRemoteAddr())
        .isEqualTo("127.0.0.1");
  }
}
