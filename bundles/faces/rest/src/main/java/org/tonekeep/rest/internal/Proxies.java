package org.tonekeep.rest.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Who really asks, behind the proxies that the operator names. From them the last entry of {@code
 * X-Forwarded-For} and {@code X-Forwarded-Proto} counts: they wrote it themselves. From anybody
 * else these headers have no effect, and no other header of that kind ever has.
 */
@Component(service = Proxies.class, configurationPid = RestConfig.PID)
@Designate(ocd = RestConfig.class)
public final class Proxies {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final Set<String> trusted;

  @Activate
  public Proxies(RestConfig config) {
    this(config.proxy_addresses());
  }

  Proxies(String addresses) {
    trusted =
        Arrays.stream(addresses.split(","))
            .map(String::strip)
            .filter(address -> !address.isEmpty())
            .map(Proxies::plain)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Java writes IPv6 addresses in full; people do not. */
  private static String plain(String address) {
    return address.equals("::1") ? "0:0:0:0:0:0:0:1" : address;
  }

  private static String withoutBrackets(String address) {
    return address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
  }

  /** The request as it was before the proxy. */
  HttpServletRequest original(HttpServletRequest request) {
    if (!trusted.contains(plain(withoutBrackets(request.getRemoteAddr())))) {
      return request;
    }
    String peer = last(request, "X-Forwarded-For");
    String scheme = last(request, "X-Forwarded-Proto");
    boolean knownPeer = peer != null && ADDRESS.matcher(peer).matches();
    boolean knownScheme = scheme != null && SCHEMES.contains(scheme);
    return knownPeer || knownScheme
        ? new Original(
            request,
            knownPeer ? String.valueOf(peer) : request.getRemoteAddr(),
            knownScheme ? String.valueOf(scheme) : request.getScheme())
        : request;
  }

  private static @Nullable String last(HttpServletRequest request, String header) {
    List<String> lines = Collections.list(request.getHeaders(header));
    if (lines.isEmpty()) {
      return null;
    }
    String[] entries = lines.get(lines.size() - 1).split(",");
    return entries.length == 0 ? null : withoutBrackets(entries[entries.length - 1].strip());
  }

  private static final class Original extends HttpServletRequestWrapper {
    private final String peer;
    private final String scheme;

    Original(HttpServletRequest request, String peer, String scheme) {
      super(request);
      this.peer = peer;
      this.scheme = scheme;
    }

    @Override
    public String getRemoteAddr() {
      return peer;
    }

    @Override
    public String getRemoteHost() {
      return peer;
    }

    @Override
    public String getScheme() {
      return scheme;
    }

    @Override
    public boolean isSecure() {
      return scheme.equals("https");
    }
  }
}
