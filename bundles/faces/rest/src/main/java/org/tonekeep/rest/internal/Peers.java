package org.tonekeep.rest.internal;

import javax.servlet.http.HttpServletRequest;
import org.tonekeep.rest.api.Peer;

/** What a tenant may know of the other end. */
final class Peers {
  private Peers() {}

  static Peer of(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    boolean loopback =
        address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    boolean secure = request.isSecure();
    return new Peer(address, "", "", "ZZ", secure, !secure && loopback);
  }
}
