package org.tonekeep.passkeys.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.testing.kit.TestTenants.ALICE;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.Test;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.testing.kit.TestTenants;

public final class RelyingPartyTest {
  private final Tenant local = new TestTenants().require(ALICE);

  @Test
  public void shouldAllowPlainHttpInsideOfThisMachineOnly() {
    assertThat(RelyingParty.of(local, "", "Alice.localhost:8181").orElseThrow().origins())
        .containsExactlyInAnyOrder(
            "https://alice.localhost",
            "https://alice.localhost:8181",
            "http://alice.localhost:8181");
    Tenant site =
        new Tenant(
            ALICE,
            "Alice",
            List.of("music.example"),
            Set.of(),
            Locale.ENGLISH,
            new Settings(java.util.Map.of()),
            false);
    RelyingParty party = RelyingParty.of(site, "", "music.example").orElseThrow();
    assertThat(party.id()).isEqualTo("music.example");
    assertThat(party.origins()).containsExactly("https://music.example");
  }

  @Test
  public void shouldBeForTheTenantsOwnHostsOnly() {
    assertThat(RelyingParty.of(local, "/t/alice", "alice.localhost:8181")).isEmpty();
    for (String host :
        List.of("", "bob.localhost", "localhost:8181", "alice.localhost.evil.example", "a b")) {
      assertThat(RelyingParty.of(local, "", host)).as(host).isEmpty();
    }
  }
}
