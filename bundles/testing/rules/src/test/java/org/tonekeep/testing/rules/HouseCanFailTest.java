package org.tonekeep.testing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The planted tree breaks every rule, and its good bundle breaks none. */
public final class HouseCanFailTest {
  private static final String SQL =
      "bundles/concerns/bad/src/main/resources/migrations/bad/0001_create.sql";
  private static final String INTERNAL =
      "bundles/concerns/bad/src/main/java/org/tonekeep/bad/internal";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Map<String, List<String>> broken = Map.of();

  @Before
  public void plant() throws IOException {
    broken = HouseTest.all(PlantedHouse.in(folder.getRoot().toPath()));
  }

  @Test
  public void shouldFindThePlantedExamplesOfEachRule() {
    Map<String, List<String>> expected = new TreeMap<>();
    expected.putAll(ofBundles());
    expected.putAll(ofPapers());
    expected.putAll(ofStores());
    expected.putAll(ofSources());

    assertThat(broken).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (rule, words) ->
            words.forEach(
                word ->
                    assertThat(broken.get(rule))
                        .as(rule)
                        .anySatisfy(line -> assertThat(line).contains(word))));
  }

  @Test
  public void shouldLeaveTheGoodBundleAlone() {
    broken.forEach(
        (rule, lines) ->
            assertThat(lines)
                .as(rule)
                .noneMatch(line -> line.startsWith("core/good") || line.contains("goodlib"))
                .noneMatch(line -> line.contains("/core/good/") || line.contains("goodwave"))
                .noneMatch(line -> line.contains("platformlib") || line.contains("good-preset")));
  }

  private static Map<String, List<String>> ofBundles() {
    return Map.of(
        "every bundle is built", List.of("concerns/unbuilt is not built"),
        "a bundle is named after its folder", List.of("concerns/bad calls itself"),
        "nothing is exported outside of an api package",
            List.of(
                "concerns/bad exports org.tonekeep.bad.internal",
                "concerns/bad exports org.tonekeep.bad.api"),
        "a bundle imports only api packages of ours",
            List.of("concerns/bad imports org.tonekeep.good.internal", "concerns/bad imports *"),
        "the api bundle has no components", List.of("api has OSGI-INF/planted.xml"),
        "each bundle is in exactly one Karaf feature",
            List.of(
                "concerns/bad is in the features [preset, tonekeep-bad, tonekeep-core]",
                "concerns/unbuilt is in the features []",
                "feature tonekeep-bad lists the unknown tonekeep-ghost"),
        "a feature has the one bundle of its name, a preset has features only",
            List.of(
                "tonekeep-core holds concerns/bad",
                "preset preset lists bundles [tonekeep-bad]",
                "feature tonekeep-bad holds [tonekeep-bad, tonekeep-ghost]"),
        "the platform's features have no bundle of ours",
            List.of("tonekeep-libs holds tonekeep-stray"));
  }

  private static Map<String, List<String>> ofPapers() {
    return Map.of(
        "NOTICE names all foreign code inside of our bundles",
            List.of("concerns/bad holds stowaway.code", "concerns/bad holds stowawaylib"),
        "every bundle has a README that says what personal data it holds",
            List.of("concerns/bad has no README"),
        "the map in bundles/README.md has one line per bundle",
            List.of(
                "api is not in the map",
                "core/ghost is only in the map",
                "concerns/bad is twice in the map"),
        "every configuration file teaches", List.of("config/silent.cfg"),
        "every requirement in ASVS.md points to a test that exists",
            List.of("1.1.2 points to nothing: XTest.shouldNotBe"),
        "every PID has its file in config/", List.of("concerns/bad reads org.tonekeep.bad"),
        "NOTICE names every library that is shipped",
            List.of(
                "badlib", "unpackedlib", "inlinedlib", "nestedlib", "badwave", "platformbundle"));
  }

  private static Map<String, List<String>> ofStores() {
    return Map.of(
        "every table and every key begins with the tenant",
            List.of(
                SQL + ": other_thing does not begin with bad_",
                SQL + ": other_thing does not begin with tenant",
                SQL + ": other_thing has a UNIQUE that",
                SQL + ": other_thing has no primary key",
                SQL + ": index bad_ix begins with id"),
        "columns have types that both databases know", List.of(SQL + " says BOOLEAN"),
        "persistence units share nothing and log no values",
            List.of("lacks <shared-cache-mode>NONE", "lacks transaction-type"),
        "a bundle that stores has a part in export and erasure",
            List.of("concerns/bad stores, but has no DataHolder"));
  }

  private static Map<String, List<String>> ofSources() {
    return Map.of(
        "no file of code over 400 lines", List.of(INTERNAL + "/Long.java has 401 lines"),
        "nothing is left undone in a comment", List.of(INTERNAL + "/Undone.java"),
        "every package states its law and is null-marked",
            List.of(INTERNAL + " has no package-info", "org/tonekeep/x/api has no package-info"),
        "sources lie in the package of their folder", List.of("org/tonekeep/bad/Lost.java"),
        "nobody throws Exception", List.of(INTERNAL + "/Throwing.java"),
        "no resource catches Exception", List.of(INTERNAL + "/rest/Catching.java"));
  }
}
