package org.tonekeep.rest.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tonekeep.crypto.api.DailySecret;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.Tenant;

/**
 * What a tenant may know of the other end: pseudonyms under the secret of the day, of this tenant,
 * for one purpose each, so that nothing connects two days, two sites or two uses. Nothing is
 * remembered here: the address itself lives as long as its request.
 */
@Component(service = Peers.class)
public final class Peers {
  private static final int PSEUDONYM_BYTES = 16;

  /** Without it there are no pseudonyms, and an address is never used in their place. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable DailySecret secret;

  @Activate
  public Peers() {}

  /**
   * What the tenant may know.
   *
   * @throws ProblemException 503 while the secret of the day is away
   */
  Peer of(OriginalRequest request, Tenant tenant) {
    DailySecret today = secret;
    if (today == null) {
      throw ProblemException.of(503, "not-now", "Not now", "Try again in a moment")
          .withHeader("Retry-After", "2");
    }
    NetworkAddress address = request.peer();
    byte[] network = address == null ? new byte[0] : address.network();
    String agent = request.getHeader("User-Agent");
    NetIdentity identity = tenant.get(SiteKeys.NET_IDENTITY);
    Pseudonyms pseudonyms = new Pseudonyms(today, tenant.id().value());
    List<String> around = around(pseudonyms, address, request.country());
    List<String> wider = new ArrayList<>();
    wider.add(pseudonyms.of("around", network, request.country().getBytes(UTF_8)));
    wider.addAll(around);
    String own = own(pseudonyms, identity, network, request.country(), agent);
    return new Peer(
        new NetworkKey(own, wider).limitKey(),
        identity.pseudonym() ? pseudonyms.of("tag", network) : "",
        switch (tenant.get(SiteKeys.NET_UA)) {
          case "hash" -> agent == null ? "" : pseudonyms.of("agent", agent.getBytes(UTF_8));
          case "family" -> UserAgents.family(agent);
          default -> "";
        },
        request.country(),
        request.isSecure(),
        request.isLocal(),
        around);
  }

  /** Made of less than the key of the network is, whatever the tenant allows. */
  private static List<String> around(
      Pseudonyms pseudonyms, @Nullable NetworkAddress address, String country) {
    return address == null
        ? List.of()
        : address.around().stream()
            .map(prefix -> pseudonyms.of("around", prefix, country.getBytes(UTF_8)))
            .toList();
  }

  /**
   * Where the network is no one's business, the only key is what an anonymous id is made of
   * (promise X-03a), with the family in place of the whole user agent: who makes up a new one for
   * each try must not look like a new network each time. The families are few, but more than one:
   * the limits of a network are those of its address.
   */
  private static String own(
      Pseudonyms pseudonyms,
      NetIdentity identity,
      byte[] network,
      String country,
      @Nullable String agent) {
    return !identity.pseudonym()
        ? pseudonyms.of(
            "limit", network, country.getBytes(UTF_8), UserAgents.family(agent).getBytes(UTF_8))
        : pseudonyms.of("limit", network);
  }

  private record Pseudonyms(DailySecret secret, String tenant) {
    /** Each part is preceded by its length: two lists of parts are never the same message. */
    String of(String purpose, byte[]... parts) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      part(message, purpose.getBytes(UTF_8));
      part(message, tenant.getBytes(UTF_8));
      part(message, secret.today().toString().getBytes(UTF_8));
      for (byte[] bytes : parts) {
        part(message, bytes);
      }
      byte[] mac = secret.mac(message.toByteArray());
      return HexFormat.of().formatHex(Arrays.copyOf(mac, PSEUDONYM_BYTES));
    }

    private static void part(ByteArrayOutputStream message, byte[] bytes) {
      message.write(bytes.length >>> Byte.SIZE);
      message.write(bytes.length);
      message.writeBytes(bytes);
    }
  }
}
