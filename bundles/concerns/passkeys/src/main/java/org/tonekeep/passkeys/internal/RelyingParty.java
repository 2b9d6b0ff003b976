package org.tonekeep.passkeys.internal;

import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.server.ServerProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tonekeep.tenant.api.Tenant;

/**
 * For whom a passkey is: the tenant's host of the request. Browsers bind passkeys to it, so no
 * other tenant and no look-alike can use them.
 *
 * @param id the host, without port
 * @param origins from where a browser may speak for it
 */
public record RelyingParty(String id, Set<String> origins) {
  private static final Pattern HOST = Pattern.compile("([a-z0-9.-]{1,253})(?::([0-9]{1,5}))?");

  public RelyingParty {
    origins = Set.copyOf(origins);
  }

  /**
   * The relying party of a request; empty when it did not come by one of the tenant's own hosts.
   * Plain http counts only inside of this machine, where browsers allow it for development.
   *
   * @param root see {@code rest.api.Who#root}
   * @param host the request's {@code Host} header
   */
  public static Optional<RelyingParty> of(Tenant tenant, String root, String host) {
    Matcher form = HOST.matcher(host.toLowerCase(Locale.ROOT));
    if (!root.isEmpty() || !form.matches() || !tenant.hosts().contains(form.group(1))) {
      return Optional.empty();
    }
    String name = form.group(1);
    String port = form.group(2) == null ? "" : ":" + form.group(2);
    Set<String> origins = new HashSet<>(List.of("https://" + name, "https://" + name + port));
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      origins.add("http://" + name + port);
    }
    return Optional.of(new RelyingParty(name, origins));
  }

  ServerProperty expecting(Challenge challenge) {
    Set<Origin> from = new HashSet<>();
    origins.forEach(origin -> from.add(new Origin(origin)));
    return new ServerProperty(from, id, challenge);
  }
}
