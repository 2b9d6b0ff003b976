package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.tenant.internal.Installation.ALICE;
import static org.tonekeep.tenant.internal.Installation.cfg;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.Tenant;

/** The registry as a component: it finds its folders by properties and watches by itself. */
public class TenantWatchTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private TenantRegistry registry;
  private Path file;

  @Before
  public void activate() throws IOException {
    Path root = folder.getRoot().toPath();
    Files.createDirectories(root.resolve("etc/tenants"));
    Files.writeString(root.resolve("etc/tenants/alice.cfg"), cfg("first.example", ""));
    BundleContext context = context(root.resolve("data"), root.resolve("etc"));
    registry = new TenantRegistry(context, new Declarations(context));
    file = root.resolve("data/tenants/org.tonekeep.tenant~alice.cfg");
  }

  @After
  public void deactivate() {
    registry.close();
  }

  @Test
  public void shouldActOnAnEditAndARemovalWithinFiveSeconds() throws IOException {
    assertThat(alice().hosts()).containsExactly("first.example");

    Files.writeString(file, cfg("second.example", ""));
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(alice().hosts()).containsExactly("second.example"));

    Files.delete(file);
    await().atMost(Duration.ofSeconds(5)).until(() -> alice().suspended());
  }

  @Test
  public void shouldNotGuessADataFolder() {
    assertThatThrownBy(() -> DataFolder.of(context(Path.of(""), Path.of("etc"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The property tonekeep.data is not set");
  }

  @Test
  public void shouldTellWhatFollowsFromBundlesOnlyWhenItStands() {
    Installation here = new Installation(folder.getRoot().toPath().resolve("here"));
    here.start();
    TenantRegistry quiet = here.registry();
    here.write(ALICE, cfg("", "", "alpha.one = 1"));
    here.declarations().appeared(7, "org.example.two", () -> List.of(key("alpha.two")));
    assertThat(here.problems(ALICE)).hasSize(1);
    assertThat(quiet.told().status(ALICE).orElseThrow().problems()).isEmpty();

    here.declarations().appeared(8, "org.example.one", () -> List.of(key("alpha.one")));
    here.declarations().disappeared(8);
    for (int look = 1; look < TenantRegistry.HUSH; look++) {
      quiet.tick();
    }
    assertThat(quiet.told().status(ALICE).orElseThrow().problems()).isEmpty();
    here.declarations().appeared(9, "org.example.three", () -> List.of(key("alpha.three")));
    here.write(ALICE, cfg("", "", "alpha.four = 1"));

    assertThat(quiet.told().status(ALICE).orElseThrow().problems())
        .as("an edit is judged at once")
        .hasSize(1);
    here.close();
  }

  private static SettingKey<Integer> key(String name) {
    return SettingKey.integer(name, 1, 0, 9, "A number.");
  }

  private Tenant alice() {
    return registry.view().find(ALICE).orElseThrow();
  }

  private static BundleContext context(Path data, Path etc) {
    Map<String, String> properties =
        Map.of("tonekeep.data", data.toString(), "karaf.etc", etc.toString());
    return (BundleContext)
        Proxy.newProxyInstance(
            TenantWatchTest.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getProperty")) {
                return properties.get((String) arguments[0]);
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
