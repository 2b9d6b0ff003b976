package org.tonekeep.rest.internal;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.http.HttpServletRequest;

/** A plain request as the container hands it over; nothing of it but what a test says. */
final class Received {
  final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final String peer;

  Received(String peer) {
    this.peer = peer;
  }

  HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            Received.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> peer;
                  case "getScheme" -> "http";
                  case "getMethod" -> "GET";
                  case "getServerName" -> "alice.test";
                  case "getRequestURI" -> "/page";
                  case "getQueryString" -> null;
                  case "isSecure" -> false;
                  case "getAttribute" -> null;
                  case "getHeader" ->
                      headers.containsKey((String) arguments[0])
                          ? headers.get((String) arguments[0]).get(0)
                          : null;
                  case "getHeaders" ->
                      Collections.enumeration(
                          headers.getOrDefault((String) arguments[0], List.of()));
                  case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                  default -> throw new AssertionError(method);
                });
  }
}
