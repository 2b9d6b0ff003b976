package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.tenant.internal.Installation.ALICE;
import static org.tonekeep.tenant.internal.Installation.BOB;
import static org.tonekeep.tenant.internal.Installation.VAULT;
import static org.tonekeep.tenant.internal.Installation.cfg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TenantEditorTest {
  private static final String PROFILE =
      "# a profile\ntitle = P\nhosts = p.example # not a comment\nfeatures = auth\n";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Installation here;

  @Before
  public void install() {
    here = new Installation(folder.getRoot().toPath());
    here.declarations().appeared(1, "auth", Installation.feature("auth", Set.of()));
    here.declarations().appeared(2, "analysis", Installation.feature("analysis", Set.of("auth")));
    here.declarations()
        .appeared(3, "report", Installation.feature("mixreport", Set.of("analysis")));
    here.declarations().appeared(4, "vault", VAULT);
    profile("p", PROFILE.replace(" # not a comment", ""));
  }

  @After
  public void close() {
    here.close();
  }

  @Test
  public void shouldCreateATenantFromAProfile() {
    here.editor().create(ALICE, "p", List.of());
    here.editor().create(BOB, "p", List.of("Bob.example", "www.bob.example"));

    assertThat(here.read(ALICE))
        .isEqualTo("# a profile\ntitle = P\nhosts = alice.localhost\nfeatures = auth\n");
    assertThat(here.tenants().require(ALICE).hosts()).containsExactly("alice.localhost");
    assertThat(here.tenants().require(BOB).hosts())
        .containsExactly("bob.example", "www.bob.example");
    assertThat(here.editor().profiles()).containsExactly("p");
  }

  @Test
  public void shouldNotCreateWhatWouldBeRefused() {
    here.editor().create(BOB, "p", List.of());

    refused(() -> here.editor().create(BOB, "p", List.of("x.example")), "exists");
    refused(() -> here.editor().create(ALICE, "nothing", List.of()), "there are p");
    refused(() -> here.editor().create(ALICE, "../p", List.of()), "no profile");
    refused(() -> here.editor().create(ALICE, "p", List.of("bob.localhost")), "belongs to");
    refused(() -> here.editor().create(ALICE, "p", List.of("a.example:80")), "without scheme");
    profile("broken", PROFILE + "upload.maxBytes = a lot\n");
    refused(() -> here.editor().create(ALICE, "broken", List.of()), "upload.maxBytes");
    assertThat(here.data().tenants().toFile().list()).hasSize(1);
  }

  @Test
  public void shouldSuspendARemovedTenantAndNotCreateItAnew() {
    here.editor().create(ALICE, "p", List.of());
    here.editor().remove(ALICE);

    assertThat(here.tenants().find(ALICE).orElseThrow().suspended()).isTrue();
    refused(() -> here.editor().create(ALICE, "p", List.of()), "is suspended, with its data");
    refused(() -> here.editor().remove(ALICE), "has no file");
  }

  @Test
  public void shouldEnableAFeatureWithItsNeedsAndKeepEverythingElse() {
    String before = "\uFEFF# c\r\ntitle=A\r\n\r\nfeatures = holograms\r\n! x\r\nhosts = a.example";
    here.write(ALICE, before);

    here.editor().enable(ALICE, "mixreport");

    assertThat(here.read(ALICE))
        .isEqualTo(before.replace("holograms", "holograms, auth, analysis, mixreport"));
    assertThat(here.gate().isOn(ALICE, "mixreport")).isTrue();
    here.editor().enable(ALICE, "mixreport");
    assertThat(here.tenants().require(ALICE).features()).hasSize(4);
  }

  @Test
  public void shouldEnableWhatIsAbsentButNotWhatWasNeverDeclared() {
    here.write(ALICE, cfg("a.example", ""));
    here.declarations().disappeared(1);

    here.editor().enable(ALICE, "auth");

    assertThat(here.tenants().require(ALICE).features()).containsExactly("auth");
    refused(() -> here.editor().enable(ALICE, "holograms"), "there are analysis, auth, mixreport");
    refused(() -> here.editor().enable(BOB, "auth"), "has no file");
  }

  @Test
  public void shouldDisableAFeatureUnlessAnotherNeedsIt() {
    here.write(ALICE, cfg("a.example", "auth, analysis, holograms"));

    refused(() -> here.editor().disable(ALICE, "auth"), "'auth' is needed by analysis");
    here.editor().disable(ALICE, "holograms");
    here.editor().disable(ALICE, "analysis");
    here.editor().disable(ALICE, "auth");

    assertThat(here.tenants().require(ALICE).features()).isEmpty();
    assertThat(here.read(ALICE)).isEqualTo(cfg("a.example", ""));
  }

  @Test
  public void shouldNotEditABrokenFileIntoForce() {
    here.write(ALICE, cfg("a.example", "auth"));
    String broken = cfg("a.example", "auth", "upload.maxBytes = a lot");
    here.write(ALICE, broken);

    refused(() -> here.editor().enable(ALICE, "analysis"), "upload.maxBytes: expected a size");
    assertThat(here.read(ALICE)).isEqualTo(broken);
  }

  @Test
  public void shouldKeepPermissionsAndLinksOfAnEditedFile() throws IOException {
    here.write(ALICE, cfg("a.example", ""));
    Path link = here.data().tenants().resolve("org.tonekeep.tenant~alice.cfg");
    Path real = folder.getRoot().toPath().resolve("real.cfg");
    Files.move(link, real);
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(link, real);

    here.editor().enable(ALICE, "auth");

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(real)).contains("features = auth");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
  }

  private void profile(String name, String text) {
    here.write(
        here.data().profiles().resolve(name + ".cfg"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(Runnable edit, String why) {
    assertThatThrownBy(edit::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
