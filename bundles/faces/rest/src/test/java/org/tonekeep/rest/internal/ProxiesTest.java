package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import org.junit.Test;

public class ProxiesTest {
  private static final Proxies PROXIES = new Proxies("127.0.0.1, ::1,192.0.2.7");

  private static HttpServletRequest seen(String peer, Map<String, List<String>> headers) {
    HttpServletRequest received =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                ProxiesTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "getRemoteAddr" -> peer;
                      case "getScheme" -> "http";
                      case "isSecure" -> false;
                      case "getHeaders" ->
                          Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                      default -> throw new AssertionError(method);
                    });
    return PROXIES.original(received);
  }

  private static HttpServletRequest seen(String peer, String forwardedFor, String... proto) {
    return seen(
        peer,
        Map.of(
            "X-Forwarded-For", List.of(forwardedFor), "X-Forwarded-Proto", Arrays.asList(proto)));
  }

  @Test
  public void shouldBelieveTheProxiesOfTheOperator() {
    for (String proxy : List.of("127.0.0.1", "192.0.2.7", "0:0:0:0:0:0:0:1", "[::1]")) {
      HttpServletRequest request = seen(proxy, "203.0.113.9", "https");
      assertThat(request.getRemoteAddr()).isEqualTo("203.0.113.9");
      assertThat(request.getScheme()).isEqualTo("https");
      assertThat(request.isSecure()).isTrue();
    }
  }

  @Test
  public void shouldBelieveNobodyElse() {
    HttpServletRequest request = seen("198.51.100.1", "127.0.0.1", "https");
    assertThat(request.getRemoteAddr()).isEqualTo("198.51.100.1");
    assertThat(request.isSecure()).isFalse();
  }

  @Test
  public void shouldTakeTheEntryThatTheProxyWroteItself() {
    assertThat(seen("127.0.0.1", "127.0.0.1, 10.0.0.1, 203.0.113.9").getRemoteAddr())
        .isEqualTo("203.0.113.9");
    assertThat(seen("127.0.0.1", "1.2.3.4", "https", "http").isSecure()).isFalse();
    assertThat(
            seen("127.0.0.1", Map.of("X-Forwarded-For", List.of("1.2.3.4", "5.6.7.8")))
                .getRemoteAddr())
        .isEqualTo("5.6.7.8");
    assertThat(seen("127.0.0.1", "[2001:db8::9]").getRemoteAddr()).isEqualTo("2001:db8::9");
  }

  @Test
  public void shouldTakeNothingElseForAnAddress() {
    for (String odd : List.of("", ",", "unknown", "evil\u0000", "1.2.3", "a.b.c.d", "1.2.3.4 x")) {
      assertThat(seen("127.0.0.1", odd, "gopher").getRemoteAddr()).as(odd).isEqualTo("127.0.0.1");
      assertThat(seen("127.0.0.1", odd, "gopher").getScheme()).isEqualTo("http");
    }
    assertThat(seen("127.0.0.1", Map.of("Forwarded", List.of("for=1.2.3.4"))).getRemoteAddr())
        .isEqualTo("127.0.0.1");
  }
}
