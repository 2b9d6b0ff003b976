package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.tenant.internal.Installation.ALICE;
import static org.tonekeep.tenant.internal.Installation.BOB;
import static org.tonekeep.tenant.internal.Installation.cfg;

import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.Gate.FeatureState;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.UnknownTenantException;

public class FeatureGateTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Installation here;

  @Before
  public void install() {
    here = new Installation(folder.getRoot().toPath());
    here.write(ALICE, cfg("alice.example", "auth, retention, stems"));
    here.write(BOB, cfg("bob.example", "auth"));
    here.declarations().appeared(1, "auth", Installation.feature("auth", Set.of()));
    here.declarations().appeared(3, "stems", Installation.feature("stems", Set.of()));
    here.declarations().disappeared(3);
    here.declarations()
        .appeared(2, "retention", Installation.keeper("retention", "is-purged", Act.INTAKE));
  }

  @After
  public void close() {
    here.close();
  }

  @Test
  public void shouldBeOnWhenListedAndActive() {
    assertThat(here.gate().isOn(ALICE, "auth")).isTrue();
    assertThat(here.gate().isOn(ALICE, "retention")).isTrue();
    assertThat(here.gate().isOn(BOB, "retention")).isFalse();
    assertThat(here.gate().isOn(ALICE, "stems")).isFalse();
    assertThat(here.gate().isOn(new TenantId("carol"), "auth")).isFalse();
    assertThatThrownBy(() -> here.gate().requireOn(BOB, "retention"))
        .isInstanceOfSatisfying(
            FeatureOffException.class, e -> assertThat(e.feature()).isEqualTo("retention"));
  }

  @Test
  public void shouldBeOffWhileTheBundleIsAwayAndOnAgainWhenItIsBack() {
    here.declarations().disappeared(1);
    assertThat(here.gate().isOn(ALICE, "auth")).isFalse();
    assertThat(here.gate().featureOf("/api/auth/login")).contains("auth");

    here.declarations().appeared(9, "auth", Installation.feature("auth", Set.of()));
    assertThat(here.gate().isOn(ALICE, "auth")).isTrue();
  }

  @Test
  public void shouldBeOffForASuspendedTenant() {
    here.delete(ALICE);

    assertThat(here.gate().isOn(ALICE, "auth")).isFalse();
    assertThat(here.gate().listed(ALICE)).extracting(Feature::id).contains("retention");
    assertThatThrownBy(() -> here.gate().requireKept(ALICE, Act.INTAKE))
        .isInstanceOf(UnknownTenantException.class);
  }

  @Test
  public void shouldRefuseIntakeWhileTheKeeperOfAPromiseIsAwayAlsoAfterARestart() {
    here.gate().requireKept(ALICE, Act.INTAKE);
    here.declarations().disappeared(2);

    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> here.gate().requireKept(ALICE, Act.INTAKE))
          .isInstanceOfSatisfying(
              PromiseUnkeptException.class,
              e -> {
                assertThat(e.promise()).isEqualTo("is-purged");
                assertThat(e.feature()).isEqualTo("retention");
              });
      assertThatCode(() -> here.gate().requireKept(ALICE, Act.DELIVERY)).doesNotThrowAnyException();
      assertThatCode(() -> here.gate().requireKept(BOB, Act.INTAKE)).doesNotThrowAnyException();
      here.restart();
    }

    here.declarations()
        .appeared(7, "retention", Installation.keeper("retention", "is-purged", Act.INTAKE));
    assertThatCode(() -> here.gate().requireKept(ALICE, Act.INTAKE)).doesNotThrowAnyException();
  }

  @Test
  public void shouldRefuseIntakeAndDeliveryWhileAListedFeatureWasNeverDeclared() {
    here.write(ALICE, cfg("alice.example", "auth, retenton"));
    for (Act act : Act.values()) {
      assertThatThrownBy(() -> here.gate().requireKept(ALICE, act))
          .isInstanceOfSatisfying(
              PromiseUnkeptException.class,
              e -> {
                assertThat(e.promise()).isEqualTo("unknown");
                assertThat(e.feature()).isEqualTo("retenton");
              });
      assertThatCode(() -> here.gate().requireKept(BOB, act)).doesNotThrowAnyException();
    }
    here.declarations().appeared(8, "retenton", Installation.feature("retenton", Set.of()));
    assertThatCode(() -> here.gate().requireKept(ALICE, Act.INTAKE)).doesNotThrowAnyException();
  }

  @Test
  public void shouldTakeNothingInAtAFirstStartUntilEachBundleHasCome() throws Exception {
    try (Installation fresh = new Installation(folder.newFolder().toPath())) {
      fresh.write(ALICE, cfg("alice.example", "auth, retention"));
      assertUnkept(fresh);
      fresh.declarations().appeared(1, "auth", Installation.feature("auth", Set.of()));
      assertUnkept(fresh);
      fresh
          .declarations()
          .appeared(2, "retention", Installation.keeper("retention", "is-purged", Act.INTAKE));
      assertThatCode(() -> fresh.gate().requireKept(ALICE, Act.INTAKE)).doesNotThrowAnyException();
    }
  }

  private static void assertUnkept(Installation fresh) {
    assertThatThrownBy(() -> fresh.gate().requireKept(ALICE, Act.INTAKE))
        .isInstanceOf(PromiseUnkeptException.class);
  }

  @Test
  public void shouldListFeaturesOfATenantAndOfTheInstallation() {
    here.declarations().disappeared(2);

    assertThat(here.gate().listed(ALICE))
        .extracting(Feature::id)
        .containsExactly("auth", "retention", "stems");
    assertThat(here.gate().listed(BOB)).extracting(Feature::id).containsExactly("auth");
    assertThat(here.gate().listed(new TenantId("carol"))).isEmpty();
    assertThat(here.gate().features())
        .extracting(s -> s.feature().id(), FeatureState::active)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("auth", true),
            org.assertj.core.groups.Tuple.tuple("retention", false),
            org.assertj.core.groups.Tuple.tuple("stems", false));
  }
}
