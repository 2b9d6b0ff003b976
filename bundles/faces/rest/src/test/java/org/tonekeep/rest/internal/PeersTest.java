package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

public class PeersTest {
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";
  private static final TenantId ALICE = TestTenants.ALICE;
  private static final TenantId BOB = TestTenants.BOB;

  private final TestClock clock = new TestClock(Instant.parse("2026-11-01T23:59:59Z"));
  private final TestTenants tenants = new TestTenants();
  private final Proxies proxies = new Proxies("127.0.0.1");
  private final Peers peers = new Peers();

  @Before
  public void begin() {
    peers.secret = new TestKeys(clock);
    tenants.set(ALICE, SiteKeys.NET_IDENTITY, "daily-hash");
  }

  private Peer peer(TenantId tenant, String address, @Nullable String agent) {
    Received received = new Received(address);
    if (agent != null) {
      received.headers.put("User-Agent", List.of(agent));
    }
    return peers.of(proxies.original(received.request()), tenants.require(tenant));
  }

  @Test
  public void shouldNeverHoldTheAddressOrTheUserAgent() {
    for (String identity : List.of("none", "daily-hash", "raw-ttl:PT1H")) {
      for (String ua : List.of("none", "hash", "family")) {
        tenants.set(ALICE, SiteKeys.NET_IDENTITY, identity).set(ALICE, SiteKeys.NET_UA, ua);
        Peer peer = peer(ALICE, "203.0.113.9", FIREFOX);
        assertThat(List.of(peer.limitKey(), peer.tag(), peer.agent(), peer.toString()))
            .noneMatch(text -> text.contains("203.0.113") || text.contains("131.0"));
      }
    }
  }

  @Test
  public void shouldGiveATagOnlyWhereTheTenantKeepsOne() {
    assertThat(peer(ALICE, "203.0.113.9", FIREFOX).tag()).matches("[0-9a-f]{32}");
    tenants.set(ALICE, SiteKeys.NET_IDENTITY, "raw-ttl:PT24H");
    assertThat(peer(ALICE, "203.0.113.9", FIREFOX).tag()).matches("[0-9a-f]{32}");
    assertThat(peer(BOB, "203.0.113.9", FIREFOX).tag()).isEmpty();
    assertThat(peer(BOB, "203.0.113.9", FIREFOX).limitKey())
        .matches("[0-9a-f]{32}(/[0-9a-f]{32})+");
  }

  @Test
  public void shouldTellWhichNetworksLieTogether() {
    for (String identity : List.of("none", "daily-hash", "raw-ttl:PT1H")) {
      tenants.set(ALICE, SiteKeys.NET_IDENTITY, identity);
      List<String> first = peer(ALICE, "2001:db8:1:1::9", FIREFOX).around();
      assertThat(first).hasSize(2).doesNotHaveDuplicates().allMatch(k -> k.matches("[0-9a-f]{32}"));
      assertThat(peer(ALICE, "2001:db8:1:ff::1", "curl/8").around()).isEqualTo(first);
      List<String> next = peer(ALICE, "2001:db8:1:100::9", FIREFOX).around();
      assertThat(next.get(0)).isEqualTo(first.get(0));
      assertThat(next.get(1)).isNotEqualTo(first.get(1));
      assertThat(peer(ALICE, "2001:db8:2:1::9", FIREFOX).around())
          .doesNotContainAnyElementsOf(first);
      List<String> v4 = peer(ALICE, "203.0.113.9", FIREFOX).around();
      assertThat(v4).hasSize(1).isEqualTo(peer(ALICE, "::ffff:203.0.113.99", FIREFOX).around());
      assertThat(peer(ALICE, "203.0.114.9", FIREFOX).around()).isNotEqualTo(v4);
    }
  }

  @Test
  public void shouldBeAnotherAtMidnight() {
    Peer late = peer(ALICE, "203.0.113.9", FIREFOX);
    assertThat(peer(ALICE, "203.0.113.9", FIREFOX)).isEqualTo(late);
    clock.advance(Duration.ofSeconds(1));
    Peer early = peer(ALICE, "203.0.113.9", FIREFOX);
    assertThat(early.tag()).isNotEqualTo(late.tag());
    assertThat(early.limitKey()).isNotEqualTo(late.limitKey());
  }

  @Test
  public void shouldConnectNeitherTwoTenantsNorTwoUses() {
    tenants.set(BOB, SiteKeys.NET_IDENTITY, "daily-hash");
    Peer here = peer(ALICE, "203.0.113.9", FIREFOX);
    Peer there = peer(BOB, "203.0.113.9", FIREFOX);
    assertThat(List.of(here.tag(), here.limitKey(), there.tag(), there.limitKey()))
        .doesNotHaveDuplicates();
  }

  @Test
  public void shouldSeeOneSubscriberAsOneNetwork() {
    Map<String, String> same =
        Map.of(
            "203.0.113.9", "::ffff:203.0.113.9",
            "2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff",
            "2001:db8::1", "2001:0DB8:0:0:0:0:0:2");
    same.forEach(
        (one, two) ->
            assertThat(peer(ALICE, one, "").tag()).as(one).isEqualTo(peer(ALICE, two, "").tag()));
    Map<String, String> different =
        Map.of("203.0.113.9", "203.0.113.10", "2001:db8:1:2::1", "2001:db8:1:3::1");
    different.forEach(
        (one, two) ->
            assertThat(peer(ALICE, one, "").tag()).isNotEqualTo(peer(ALICE, two, "").tag()));
  }

  @Test
  public void shouldLimitByTheAnonymousIdWhereNothingElseIsKnown() {
    String firefox = peer(BOB, "203.0.113.9", FIREFOX).limitKey();
    assertThat(peer(BOB, "203.0.113.9", FIREFOX.replace("131", "132")).limitKey())
        .isEqualTo(firefox);
    String curl = peer(BOB, "203.0.113.9", "curl/8.0").limitKey();
    assertThat(curl).isNotEqualTo(firefox);
    assertThat(NetworkKey.of(curl).wider()).isEqualTo(NetworkKey.of(firefox).wider()).hasSize(2);
    assertThat(peer(ALICE, "203.0.113.9", "curl/8.0").limitKey())
        .isEqualTo(peer(ALICE, "203.0.113.9", FIREFOX).limitKey());
  }

  @Test
  public void shouldSayOfTheUserAgentWhatTheTenantKeeps() {
    assertThat(peer(ALICE, "203.0.113.9", FIREFOX).agent()).isEmpty();
    tenants.set(ALICE, SiteKeys.NET_UA, "family");
    assertThat(peer(ALICE, "203.0.113.9", FIREFOX).agent()).isEqualTo("Firefox on Linux");
    assertThat(peer(ALICE, "203.0.113.9", null).agent()).isEmpty();
    tenants.set(ALICE, SiteKeys.NET_UA, "hash");
    assertThat(peer(ALICE, "203.0.113.9", FIREFOX).agent()).matches("[0-9a-f]{32}");
    assertThat(peer(ALICE, "203.0.113.9", null).agent()).isEmpty();
  }

  @Test
  public void shouldNameFamiliesThatThousandsShare() {
    Map<String, String> families =
        Map.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/130.0.0.0 Safari/537.36 Edg/130.0.2849.46",
            "Edge on Windows",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                + " like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
            "Safari on iOS",
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/130.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
            "curl/8.5.0",
            "curl",
            "Mine/1.0 (unique-id-42)",
            "Other",
            " ",
            "");
    families.forEach((agent, name) -> assertThat(UserAgents.family(agent)).isEqualTo(name));
  }

  @Test
  public void shouldRefuseRatherThanLeakWithoutTheSecretOfTheDay() {
    peers.secret = null;
    ProblemException thrown =
        catchThrowableOfType(ProblemException.class, () -> peer(ALICE, "203.0.113.9", FIREFOX));
    assertThat(thrown.status()).isEqualTo(503);
    assertThat(thrown.headers()).containsKey("Retry-After");
  }

  @Test
  public void shouldKnowTheLocalPeerAndNobodyWhoCameThroughAProxy() {
    assertThat(peer(ALICE, "127.0.0.1", "").local()).isTrue();
    assertThat(peer(ALICE, "::1", "").local()).isTrue();
    assertThat(peer(ALICE, "203.0.113.9", "").local()).isFalse();
    Received forwarded = new Received("127.0.0.1");
    forwarded.headers.put("X-Forwarded-For", List.of("127.0.0.1"));
    assertThat(peers.of(proxies.original(forwarded.request()), tenants.require(ALICE)).local())
        .isFalse();
  }

  @Test
  public void shouldRefuseWhatIsNoIdentity() {
    for (String wrong :
        List.of("", "raw", "raw-ttl:", "raw-ttl:PT25H", "raw-ttl:PT0S", "raw-ttl:1h", "hash")) {
      assertThatThrownBy(() -> NetIdentity.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expected ");
    }
    assertThat(NetIdentity.parse("raw-ttl:PT24H").raw()).isEqualTo(Duration.ofHours(24));
  }
}
