package org.tonekeep.rest.api;

import java.util.List;

/**
 * What the tenant may know of the other end of a request, by its {@code net.identity} and {@code
 * net.ua} (promises X-03, X-03a, X-05). The address and the user agent themselves stay inside of
 * faces/rest: no concern ever sees them.
 *
 * @param limitKey tells networks apart for limits, in memory only: never stored, never logged; the
 *     same for one network during a UTC day. Its form is the business of the limits
 * @param tag what may be stored of the address: a pseudonym of this UTC day, or empty where the
 *     tenant stores nothing
 * @param agent what may be stored of the user agent: a family such as {@code Firefox on Linux}, a
 *     pseudonym of this UTC day, or empty
 * @param country ISO 3166-1 alpha-2 of a trusted proxy, or {@code ZZ}
 * @param secure whether the request came over TLS, here or to a trusted proxy
 * @param local whether it came over plain http from this machine
 * @param around as {@code limitKey}, the wider networks that one subscriber may hold, widest first:
 *     IPv6 by /48 and /56, IPv4 by /24; empty when the address is not known
 */
public record Peer(
    String limitKey,
    String tag,
    String agent,
    String country,
    boolean secure,
    boolean local,
    List<String> around) {
  public Peer {
    around = List.copyOf(around);
  }

  /** As above, with nothing around. */
  public Peer(
      String limitKey, String tag, String agent, String country, boolean secure, boolean local) {
    this(limitKey, tag, agent, country, secure, local, List.of());
  }

  /** Nobody is known: for tests and for work without a request. */
  public static Peer unknown() {
    return new Peer("unknown", "", "", "ZZ", false, true);
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "Peer";
  }
}
