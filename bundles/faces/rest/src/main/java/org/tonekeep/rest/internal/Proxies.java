package org.tonekeep.rest.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Who really asks, behind the proxies that the operator names. {@code X-Forwarded-For} is read from
 * its end: each proxy wrote there whom it saw, and the first one that is no proxy of ours is the
 * visitor. {@code X-Forwarded-Proto} and {@code CF-IPCountry} count from such proxies too. From
 * anybody else these headers have no effect, and no other header of that kind ever has.
 */
@Component(service = Proxies.class, configurationPid = RestConfig.PID)
@Designate(ocd = RestConfig.class)
public final class Proxies {
  static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
  private static final String COUNTRY = "CF-IPCountry";

  /** Two letters; {@code XX} and {@code T1} (Tor) are no countries. */
  private static final Pattern COUNTRY_CODE = Pattern.compile("(?!XX)[A-Z]{2}");

  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final Networks trusted;

  @Activate
  public Proxies(RestConfig config) {
    this(config.proxy_addresses());
  }

  Proxies(String addresses) {
    trusted = new Networks(addresses);
  }

  /** The request as it was before the proxies. */
  OriginalRequest original(HttpServletRequest request) {
    Optional<NetworkAddress> peer = NetworkAddress.parse(request.getRemoteAddr());
    boolean ours = peer.isPresent() && trusted.contain(peer.get());
    String scheme = last(entries(request, FORWARDED_PROTO));
    String country = last(entries(request, COUNTRY));
    return new OriginalRequest(
        request,
        ours ? visitor(peer.get(), entries(request, FORWARDED_FOR)) : peer.orElse(null),
        ours && SCHEMES.contains(scheme) ? scheme : request.getScheme(),
        ours && COUNTRY_CODE.matcher(country).matches() ? country : OriginalRequest.NO_COUNTRY);
  }

  /** Back from proxy to proxy, as far as what they wrote are addresses. */
  private NetworkAddress visitor(NetworkAddress peer, List<String> hops) {
    NetworkAddress seen = peer;
    for (int i = hops.size() - 1; i >= 0 && trusted.contain(seen); i--) {
      Optional<NetworkAddress> before = NetworkAddress.parse(hops.get(i));
      if (before.isEmpty()) {
        return seen;
      }
      seen = before.get();
    }
    return seen;
  }

  private static List<String> entries(HttpServletRequest request, String header) {
    List<String> entries = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(header))) {
      for (String entry : line.split(",", -1)) {
        entries.add(entry.strip());
      }
    }
    return entries;
  }

  private static String last(List<String> entries) {
    return entries.isEmpty() ? "" : entries.get(entries.size() - 1);
  }
}
