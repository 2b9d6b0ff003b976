package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.tenant.internal.Installation.ALICE;
import static org.tonekeep.tenant.internal.Installation.BOB;
import static org.tonekeep.tenant.internal.Installation.MAX;
import static org.tonekeep.tenant.internal.Installation.VAULT;
import static org.tonekeep.tenant.internal.Installation.cfg;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.UnknownTenantException;

public class TenantRegistryTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Installation here;

  @Before
  public void install() {
    here = new Installation(folder.getRoot().toPath());
    here.declarations().appeared(1, "org.tonekeep.vault", VAULT);
  }

  @After
  public void close() {
    here.close();
  }

  @Test
  public void shouldServeTenantsByIdAndByHostInAnyCase() {
    here.write(ALICE, cfg("Alice.example, www.alice.example", "", "upload.maxBytes = 5MiB"));
    here.write(BOB, cfg("bob.example", ""));

    Tenant alice = here.tenants().require(ALICE);
    assertThat(alice.hosts()).containsExactly("alice.example", "www.alice.example");
    assertThat(alice.get(MAX)).isEqualTo(5L << 20);
    assertThat(alice.locale()).hasToString("en");
    assertThat(here.tenants().require(BOB).get(MAX)).isEqualTo(2L << 30);
    assertThat(here.tenants().byHost("ALICE.example")).contains(alice);
    assertThat(here.tenants().byHost("alice.example.")).contains(alice);
    assertThat(here.tenants().byHost("carol.example")).isEmpty();
    assertThat(here.tenants().byHost("")).isEmpty();
    assertThat(here.tenants().all()).extracting(Tenant::id).containsExactly(ALICE, BOB);
    assertThatThrownBy(() -> here.tenants().require(new TenantId("carol")))
        .isInstanceOf(UnknownTenantException.class);
  }

  @Test
  public void shouldKeepTheLastGoodStateOfABrokenFileAlsoOverARestart() {
    here.write(ALICE, cfg("alice.example", "", "upload.maxBytes = 5MiB"));
    here.write(ALICE, cfg("alice.example", "", "upload.maxBytes = a lot"));

    assertBroken();
    here.restart();
    assertThat(here.tenants().require(ALICE).get(MAX)).isEqualTo(5L << 20);
    here.declarations().appeared(1, "org.tonekeep.vault", VAULT);
    assertBroken();

    here.write(ALICE, cfg("alice.example", "", "upload.maxBytes = 6MiB"));
    assertThat(here.status(ALICE).standing()).isEqualTo("in force");
    assertThat(here.tenants().require(ALICE).get(MAX)).isEqualTo(6L << 20);
    assertThat(here.problems(ALICE)).isEmpty();
  }

  @Test
  public void shouldStartWithADamagedByteInAnyOfItsRecords() throws java.io.IOException {
    here.declarations().appeared(2, "auth", Installation.feature("auth", java.util.Set.of()));
    here.write(ALICE, cfg("alice.example", ""));
    here.write(BOB, cfg("bob.example", ""));
    int damaged = 0;
    for (Path records : List.of(here.data().lastGood(), here.data().declarations())) {
      for (java.io.File record : records.toFile().listFiles()) {
        if (record.getName().endsWith(".properties") && !record.getName().contains("bob")) {
          here.write(record.toPath(), new byte[] {'a', '=', (byte) 0xff, '\n'});
          damaged++;
        }
      }
    }
    assertThat(damaged).isGreaterThanOrEqualTo(3);

    here.restart();

    assertThat(here.tenants().all()).extracting(Tenant::id).containsExactly(ALICE, BOB);
    assertThat(here.declarations().now().features()).isEmpty();
  }

  private void assertBroken() {
    assertThat(here.status(ALICE).standing()).isEqualTo("last good in force");
    assertThat(here.status(ALICE).toFileState().inForce()).isFalse();
    assertThat(here.tenants().require(ALICE).get(MAX)).isEqualTo(5L << 20);
    assertThat(here.problems(ALICE))
        .singleElement()
        .asString()
        .startsWith("org.tonekeep.tenant~alice.cfg: upload.maxBytes: expected a size");
  }

  @Test
  public void shouldKeepTheLastGoodStateOfAFileThatIsNoTextOrUnreadable() {
    here.write(ALICE, cfg("alice.example", ""));
    Path file = here.data().tenants().resolve("org.tonekeep.tenant~alice.cfg");

    here.write(file, "title = T\u00f6ne".getBytes(StandardCharsets.ISO_8859_1));
    here.registry().look();
    assertThat(here.problems(ALICE)).singleElement().asString().contains("not text in UTF-8");
    assertThat(here.tenants().byHost("alice.example")).isPresent();

    here.write(ALICE, "title = \\u00");
    assertThat(here.problems(ALICE)).singleElement().asString().contains("malformed escape");
    assertThat(here.tenants().byHost("alice.example")).isPresent();
  }

  @Test
  public void shouldNotBringANewTenantWithABrokenFileIntoForce() {
    here.write(ALICE, cfg("alice.example", "", "upload.maxBytes = a lot"));

    assertThat(here.tenants().find(ALICE)).isEmpty();
    assertThat(here.status(ALICE).standing()).isEqualTo("refused");
    assertThat(here.editor().states()).hasSize(1);
  }

  @Test
  public void shouldSuspendAVanishedTenantAlsoOverARestartAndResumeIt() {
    here.write(ALICE, cfg("alice.example", "", "upload.maxBytes = 5MiB"));
    here.delete(ALICE);

    for (int start = 0; start < 2; start++) {
      Tenant alice = here.tenants().find(ALICE).orElseThrow();
      assertThat(alice.suspended()).isTrue();
      assertThat(alice.get(MAX)).isEqualTo(5L << 20);
      assertThat(here.tenants().byHost("alice.example")).isEmpty();
      assertThatThrownBy(() -> here.tenants().require(ALICE))
          .isInstanceOf(UnknownTenantException.class);
      assertThat(here.problems(ALICE)).singleElement().asString().contains("has vanished");
      here.restart();
    }

    here.write(ALICE, cfg("alice.example", ""));
    assertThat(here.tenants().require(ALICE).suspended()).isFalse();
  }

  @Test
  public void shouldServeTheTenantsAtOnceAfterARestart() {
    here.write(ALICE, cfg("alice.example", "", "upload.maxBytes = 5MiB"));

    here.restart();

    assertThat(here.tenants().require(ALICE).get(MAX)).isEqualTo(5L << 20);
    assertThat(here.status(ALICE).inactiveKeys()).containsExactly("upload.maxBytes");
  }

  @Test
  public void shouldRefuseTheLaterOfTwoTenantsWithOneHost() {
    here.write(BOB, cfg("shared.example", ""));
    here.write(ALICE, cfg("alice.example, SHARED.example", ""));

    assertThat(here.problems(ALICE))
        .containsExactly(
            "org.tonekeep.tenant~alice.cfg: hosts: 'shared.example' belongs to tenant 'bob'");
    assertThat(here.tenants().find(ALICE)).isEmpty();
    assertThat(here.tenants().byHost("shared.example").map(Tenant::id)).contains(BOB);

    here.restart();
    assertThat(here.tenants().byHost("shared.example").map(Tenant::id)).contains(BOB);

    here.write(BOB, cfg("bob.example", ""));
    assertThat(here.tenants().byHost("shared.example").map(Tenant::id)).contains(ALICE);
  }

  @Test
  public void shouldLetTwoTenantsSwapTheirHosts() {
    here.write(ALICE, cfg("one.example", ""));
    here.write(BOB, cfg("two.example", ""));
    Path bob = here.data().tenants().resolve("org.tonekeep.tenant~bob.cfg");

    here.write(bob, cfg("one.example", "").getBytes(StandardCharsets.UTF_8));
    here.write(ALICE, cfg("two.example", ""));

    assertThat(here.problems(ALICE)).isEmpty();
    assertThat(here.problems(BOB)).isEmpty();
    assertThat(here.tenants().byHost("one.example").map(Tenant::id)).contains(BOB);
  }

  @Test
  public void shouldNotGiveAwayTheHostOfATenantWhoseNewFileIsBroken() {
    here.write(BOB, cfg("bob.example", ""));
    here.write(BOB, cfg("other.example", "", "upload.maxBytes = a lot"));
    here.write(ALICE, cfg("bob.example", ""));

    assertThat(here.tenants().byHost("bob.example").map(Tenant::id)).contains(BOB);
    assertThat(here.tenants().find(ALICE)).isEmpty();
  }

  @Test
  public void shouldGiveTheHostOfASuspendedTenantAndSuspendItWhenItComesBackBroken() {
    here.write(BOB, cfg("shared.example", ""));
    here.delete(BOB);
    here.write(ALICE, cfg("shared.example", ""));
    here.write(BOB, "broken");

    assertThat(here.tenants().byHost("shared.example").map(Tenant::id)).contains(ALICE);
    assertThat(here.status(BOB).standing()).isEqualTo("suspended");
  }

  @Test
  public void shouldJudgeAgainWhenABundleDeclaresItsKeys() {
    SettingKey<Integer> pixels =
        SettingKey.integer("peaks.maxPixels", 0, 0, 100, "Points of a waveform");
    here.write(ALICE, cfg("alice.example", "", "peaks.maxPixels = 50"));
    assertThat(here.status(ALICE).inactiveKeys()).containsExactly("peaks.maxPixels");

    here.declarations().appeared(2, "org.tonekeep.analysis", () -> List.of(pixels));
    assertThat(here.status(ALICE).inactiveKeys()).isEmpty();
    assertThat(here.tenants().require(ALICE).get(pixels)).isEqualTo(50);

    here.declarations().disappeared(2);
    assertThat(here.problems(ALICE)).isEmpty();
    assertThat(here.status(ALICE).inactiveKeys()).containsExactly("peaks.maxPixels");
    assertThat(here.tenants().require(ALICE).get(pixels)).isEqualTo(50);
  }

  @Test
  public void shouldNotBringAValueIntoForceThatItsAbsentBundleCannotJudge() {
    here.write(ALICE, cfg("alice.example", "", "upload.maxBytes = 5MiB"));
    here.declarations().disappeared(1);

    here.write(ALICE, cfg("new.example", "", "upload.maxBytes = a lot"));
    assertThat(here.problems(ALICE)).isEmpty();
    assertThat(here.tenants().require(ALICE).hosts()).containsExactly("new.example");
    assertThat(here.tenants().require(ALICE).get(MAX)).isEqualTo(5L << 20);

    here.declarations().appeared(1, "org.tonekeep.vault", VAULT);
    assertThat(here.problems(ALICE)).hasSize(1);
    assertThat(here.tenants().require(ALICE).get(MAX)).isEqualTo(5L << 20);
  }

  @Test
  public void shouldSuspendATenantWhoseLastGoodStateIsRefusedToo() {
    here.declarations().disappeared(1);
    here.write(ALICE, cfg("alice.example", "", "stems.count = 9"));

    here.declarations()
        .appeared(
            3,
            "org.tonekeep.stems",
            () -> List.of(SettingKey.integer("stems.count", 4, 2, 6, "Stems")));

    assertThat(here.status(ALICE).standing()).isEqualTo("suspended");
    assertThat(here.problems(ALICE))
        .anyMatch(p -> p.contains("stems.count: expected 2 to 6, found '9'"))
        .anyMatch(p -> p.contains("is not valid in the last good state"));
    assertThat(here.tenants().find(ALICE).orElseThrow().settings().values())
        .doesNotContainKey("stems.count");
  }

  @Test
  public void shouldActOnAFileOnlyWhenItHasSettled() {
    Path file = here.data().tenants().resolve("org.tonekeep.tenant~alice.cfg");
    here.write(file, cfg("half.example", "").getBytes(StandardCharsets.UTF_8));
    here.registry().tick();
    assertThat(here.tenants().find(ALICE)).isEmpty();

    here.write(file, cfg("alice.example", "", "# whole").getBytes(StandardCharsets.UTF_8));
    here.registry().tick();
    assertThat(here.tenants().find(ALICE)).isEmpty();

    here.registry().tick();
    assertThat(here.tenants().require(ALICE).hosts()).containsExactly("alice.example");
  }

  @Test
  public void shouldTellOfFilesThatNoTenantCanHave() {
    Path tenants = here.data().tenants();
    byte[] text = cfg("x.example", "").getBytes(StandardCharsets.UTF_8);
    here.write(tenants.resolve("org.tonekeep.tenant~Bad_Id.cfg"), text);
    here.write(tenants.resolve("kan.cfg"), text);
    here.write(tenants.resolve(".org.tonekeep.tenant~hidden.cfg"), text);
    here.write(tenants.resolve("org.tonekeep.tenant~alice.cfg~"), text);
    here.registry().look();

    assertThat(here.tenants().all()).isEmpty();
    assertThat(here.registry().strays())
        .extracting(Problem::file)
        .containsExactly("kan.cfg", "org.tonekeep.tenant~Bad_Id.cfg");
  }
}
