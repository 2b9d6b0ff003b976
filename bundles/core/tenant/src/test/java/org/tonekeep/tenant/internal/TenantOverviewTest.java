package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.tonekeep.tenant.internal.Installation.ALICE;
import static org.tonekeep.tenant.internal.Installation.BOB;
import static org.tonekeep.tenant.internal.Installation.KEEP;
import static org.tonekeep.tenant.internal.Installation.MAX;
import static org.tonekeep.tenant.internal.Installation.cfg;

import java.util.List;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.tenant.internal.TenantOverview.FeatureRow;
import org.tonekeep.tenant.internal.TenantOverview.Row;
import org.tonekeep.tenant.internal.TenantOverview.SettingRow;

public class TenantOverviewTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Installation here;
  private TenantOverview overview;

  @Before
  public void install() {
    here = new Installation(folder.getRoot().toPath());
    overview = new TenantOverview(here.registry(), here.declarations());
    here.declarations().appeared(1, "vault", () -> List.of(MAX, KEEP));
    here.declarations().appeared(2, "auth", Installation.feature("auth", Set.of()));
    here.declarations().appeared(3, "stems", Installation.feature("stems", Set.of()));
    here.declarations().disappeared(3);
    here.declarations().appeared(4, "plays", Installation.feature("plays", Set.of()));
    here.write(
        ALICE, cfg("a.example", "auth, stems, holograms", "trash.keep = P1D", "x.future = 1"));
  }

  @After
  public void close() {
    here.close();
  }

  @Test
  public void shouldTellWhatIsOnAbsentAndOff() {
    assertThat(overview.features(ALICE))
        .extracting(FeatureRow::id, FeatureRow::state)
        .containsExactly(
            tuple("auth", "on"),
            tuple("holograms", "absent"),
            tuple("plays", "off"),
            tuple("stems", "absent"));
  }

  @Test
  public void shouldTellOfAFeatureThatNobodyEverDeclared() {
    assertThat(overview.tenant(ALICE).orElseThrow().problems())
        .singleElement()
        .asString()
        .startsWith("features: no bundle ever declared 'holograms' here");
    here.declarations().appeared(9, "holograms", Installation.feature("holograms", Set.of()));
    assertThat(overview.tenant(ALICE).orElseThrow().problems()).isEmpty();
  }

  @Test
  public void shouldTellWhereEachValueComesFrom() {
    Row row = overview.tenant(ALICE).orElseThrow();
    assertThat(row.inactiveKeys()).containsExactly("x.future");
    assertThat(row.settings())
        .extracting(SettingRow::name, SettingRow::value, SettingRow::source)
        .containsExactly(
            tuple("trash.keep", "P1D", "file"), tuple("upload.maxBytes", "2GiB", "default"));

    here.write(ALICE, cfg("a.example", "", "trash.keep = never"));
    assertThat(overview.tenant(ALICE).orElseThrow().settings())
        .extracting(SettingRow::value, SettingRow::source)
        .contains(tuple("P1D", "last good"));
  }

  @Test
  public void shouldShowATenantThatNeverCameIntoForce() {
    here.write(BOB, "broken");

    Row row = overview.tenant(BOB).orElseThrow();
    assertThat(row.standing()).isEqualTo("refused");
    assertThat(row.problems()).isNotEmpty();
    assertThat(row.settings()).isEmpty();
    assertThat(overview.tenants()).extracting(Row::id).containsExactly(ALICE, BOB);
    assertThat(new TenantReadiness(here.registry(), here.declarations()).check().detail())
        .isEqualTo("1 in force, bob refused, alice lists undeclared [holograms]");
  }
}
