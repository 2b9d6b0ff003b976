package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.Test;
import org.tonekeep.tenant.api.TenantId;

/** The files in {@code config/tenants}, all in force together. */
public class ShippedProfilesTest {
  private final Profiles profiles = new Profiles(Path.of("../../../config/tenants"));

  @Test
  public void shouldComeIntoForceTogether() {
    Map<TenantId, TenantFile> files = new TreeMap<>();
    for (String name : profiles.names()) {
      TenantId id = new TenantId(name);
      files.put(id, TenantFile.of(id, profiles.text(name)));
    }
    Declared nothing = Declared.of(Map.of(), Set.of(), Map.of(), Set.of());

    View view = TenantEvaluator.evaluate(files, Map.of(), nothing);

    assertThat(profiles.names())
        .containsExactly("demo", "kai", "kan", "ktracks", "uptrack", "vault");
    assertThat(view.statuses())
        .hasSize(6)
        .allSatisfy(
            s -> {
              assertThat(s.problems()).isEmpty();
              assertThat(view.byHost(s.id() + ".localhost")).isPresent();
            });
  }

  @Test
  public void shouldHoldTheNumbersOfTheirPromises() {
    assertThat(value("kai", "cookies.session.name")).isEqualTo("user_session");
    assertThat(value("kai", "session.ttl")).isEqualTo("P30D");
    assertThat(value("vault", "auth.bcryptCost")).isEqualTo("12");
    assertThat(Integer.parseInt(value("vault", "peaks.maxPixels"))).isBetween(1, 2000);
    assertThat(value("ktracks", "trash.keep")).isEqualTo("PT0S");
    assertThat(value("uptrack", "trash.keep")).isEqualTo("PT0S");
    assertThat(TenantValues.words(value("ktracks", "features"))).doesNotContain("auth");
    assertThat(profiles.names())
        .allSatisfy(
            name -> assertThat(TenantValues.words(value(name, "features"))).contains("retention"));
  }

  @Test
  public void shouldListOnlyFeaturesThatThereAre() {
    assertThat(profiles.names())
        .allSatisfy(
            name ->
                assertThat(TenantValues.words(value(name, "features")))
                    .allSatisfy(f -> assertThat(Path.of("../../concerns", f)).isDirectory()));
  }

  @Test
  public void shouldLoosenTheConfinementInTheDemoOnly() {
    Set<String> loose = new TreeSet<>();
    for (String name : profiles.names()) {
      if (value(name, "decoder.confinement").equals("best-effort")) {
        loose.add(name);
      }
    }
    assertThat(loose).containsExactly("demo");
  }

  private String value(String profile, String key) {
    return new CfgText(profiles.text(profile)).value(key).orElse("");
  }
}
