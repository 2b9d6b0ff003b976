package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.tenant.internal.Installation.KEEP;
import static org.tonekeep.tenant.internal.Installation.MAX;
import static org.tonekeep.tenant.internal.Installation.VAULT;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.Promise;
import org.tonekeep.tenant.api.SettingKey;

public class DeclarationsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Declarations declarations;

  @Before
  public void start() {
    declarations = new Declarations(new DeclarationMemory(folder.getRoot().toPath()));
  }

  @Test
  public void shouldRememberWholeDeclarationsOverARestart() {
    Feature feature =
        new Feature(
            "stems",
            "T\u00f6ne # = \\ und \n mehr",
            Set.of("auth", "analysis"),
            List.of("/api/stems", "/api/a"),
            List.of("separates, on this machine", "", "z", "a"),
            List.of(
                new Promise("b", "second = first", Set.of(Act.INTAKE, Act.DELIVERY)),
                new Promise("a", "x", Set.of())),
            List.of("stems.split", "stems.check"));
    declarations.appeared(1, "org.tonekeep.stems", Installation.declaration(feature, MAX));

    start();

    assertThat(declarations.now().features()).containsOnlyKeys("stems");
    assertThat(declarations.now().features().get("stems")).isEqualTo(feature);
    assertThat(declarations.now().isActive("stems")).isFalse();
    assertThat(declarations.now().knownButAbsent(MAX.name())).isTrue();
    assertThat(declarations.now().keysWithPrefix("upload")).isEmpty();
  }

  @Test
  public void shouldRememberTheNewestFormOfAFeature() {
    declarations.appeared(1, "b", Installation.feature("stems", Set.of()));
    declarations.disappeared(1);
    declarations.appeared(2, "b", Installation.feature("stems", Set.of("auth")));

    start();

    assertThat(declarations.now().features().get("stems").needs()).containsExactly("auth");
  }

  @Test
  public void shouldFollowBundlesAsTheyComeAndGo() {
    AtomicInteger changes = new AtomicInteger();
    declarations.onChange(changes::incrementAndGet);

    declarations.appeared(1, "b", Installation.feature("stems", Set.of(), MAX));
    assertThat(declarations.now().isActive("stems")).isTrue();
    assertThat(declarations.now().keys()).containsOnlyKeys(MAX.name());

    declarations.disappeared(1);
    assertThat(declarations.now().isActive("stems")).isFalse();
    assertThat(declarations.now().keys()).isEmpty();
    assertThat(declarations.now().features()).containsKey("stems");
    assertThat(changes).hasValue(2);
  }

  @Test
  public void shouldLetTheFirstOfTwoDeclarationsWinAndTheSecondFollow() {
    SettingKey<Long> other = SettingKey.bytes("upload.maxBytes", "1MiB", 1, 9 << 20, "Another");
    declarations.appeared(1, "org.tonekeep.vault", VAULT);
    declarations.appeared(2, "org.example.other", () -> List.of(other));
    assertThat(declarations.now().keys().get("upload.maxBytes")).isSameAs(MAX);

    declarations.disappeared(1);
    assertThat(declarations.now().keys().get("upload.maxBytes")).isSameAs(other);
  }

  @Test
  public void shouldTakeAServiceWithBothNamesOnce() {
    FeatureDeclaration both = Installation.feature("stems", Set.of(), KEEP);
    declarations.appeared(1, "b", both);
    declarations.appeared(1, "b", both);
    declarations.disappeared(1);
    declarations.disappeared(1);

    assertThat(declarations.now().keys()).isEmpty();
  }

  @Test
  public void shouldFindTheFeatureOfAPathByTheLongestBase() {
    declarations.appeared(1, "auth", withPaths("auth", "/api/auth", "/api/account"));
    declarations.appeared(2, "export", withPaths("export", "/api/account/export"));
    declarations.appeared(3, "web", withPaths("sharing", "/s/"));
    declarations.disappeared(2);

    Declared now = declarations.now();
    assertThat(now.featureOf("/api/auth")).contains("auth");
    assertThat(now.featureOf("/api/account/x")).contains("auth");
    assertThat(now.featureOf("/api/account/export")).contains("export");
    assertThat(now.featureOf("/api/account/export/1")).contains("export");
    assertThat(now.featureOf("/api/account/exports")).contains("auth");
    assertThat(now.featureOf("/api/authors")).isEmpty();
    assertThat(now.featureOf("/s/token")).contains("sharing");
    assertThat(now.featureOf("/s")).isEmpty();
  }

  @Test
  public void shouldStartWithADamagedRecord() throws IOException {
    declarations.appeared(1, "b", Installation.feature("stems", Set.of()));
    Files.writeString(folder.getRoot().toPath().resolve("feature~bad.properties"), "title=\\u1");
    Files.writeString(
        folder.getRoot().toPath().resolve("feature~worse.properties"),
        "promise.1000=p\npromise.1000.guards=NOTHING");

    start();

    assertThat(declarations.now().features()).containsOnlyKeys("stems");
  }

  private static FeatureDeclaration withPaths(String id, String... paths) {
    return Installation.declaration(
        new Feature(id, id, Set.of(), List.of(paths), List.of(), List.of(), List.of()));
  }
}
