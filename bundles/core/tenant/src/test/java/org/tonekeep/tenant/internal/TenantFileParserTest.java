package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.tenant.internal.Installation.ALICE;
import static org.tonekeep.tenant.internal.Installation.KEEP;
import static org.tonekeep.tenant.internal.Installation.MAX;
import static org.tonekeep.tenant.internal.Installation.cfg;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Test;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.internal.TenantFileParser.Parsed;

public class TenantFileParserTest {
  private static final Declared DECLARED =
      Declared.of(
          Map.of(MAX.name(), MAX, KEEP.name(), KEEP),
          Set.of("stems.model"),
          Map.of(
              "analysis", Installation.feature("analysis", Set.of("auth")).feature(),
              "auth", Installation.feature("auth", Set.of()).feature()),
          Set.of());

  @Test
  public void shouldReadAFileWithMarkAndForeignLineEnds() {
    Parsed parsed =
        parse("\uFEFF" + cfg("A.example, b.example,", "auth , analysis").replace("\n", "\r\n"));

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.values().hosts()).containsExactly("a.example", "b.example");
    assertThat(parsed.values().features()).containsExactly("auth", "analysis");
  }

  @Test
  public void shouldAllowATenantWithoutHostsAndWithoutFeatures() {
    assertThat(parse(cfg("", "")).problems()).isEmpty();
  }

  @Test
  public void shouldRefuseAnUnknownKeyUnderADeclaredPrefix() {
    assertThat(problems(cfg("a.example", "", "upload.maxbyte = 3")))
        .containsExactly(
            "org.tonekeep.tenant~alice.cfg: upload.maxbyte: is unknown; under this prefix there"
                + " are upload.maxBytes (line 4)");
  }

  @Test
  public void shouldRefuseAKeyInTheWrongCase() {
    assertThat(problems(cfg("a.example", "", "Upload.MaxBytes = 3")))
        .singleElement()
        .asString()
        .contains("it is written upload.maxBytes");
  }

  @Test
  public void shouldRefuseAnUnknownKeyWithoutADot() {
    assertThat(problems(cfg("a.example", "", "host = b.example")))
        .singleElement()
        .asString()
        .contains(": host: is unknown; without a dot there are title, hosts, features, locale");
  }

  @Test
  public void shouldRefuseABadValueAndSayWhatIsRight() {
    assertThat(problems(cfg("a.example", "", "trash.keep = 7 days", "upload.maxBytes = 0")))
        .hasSize(2)
        .anyMatch(
            p -> p.contains("trash.keep: expected an ISO-8601 duration") && p.contains("line 4"))
        .anyMatch(p -> p.contains("upload.maxBytes: expected 1 to") && p.contains("found '0'"));
  }

  @Test
  public void shouldRefuseWhatAnotherBundlesParserCannotBear() {
    SettingKey<String> brittle =
        new SettingKey<>(
            "brittle.word",
            "a word",
            "x",
            "A key with a careless parser",
            text -> {
              if (text.equals("x")) {
                return text;
              }
              throw new IllegalStateException();
            });
    Declared declared = Declared.of(Map.of(brittle.name(), brittle), Set.of(), Map.of(), Set.of());

    Parsed parsed =
        TenantFileParser.parse(
            TenantFile.of(ALICE, cfg("", "", "brittle.word = y")), null, declared);

    assertThat(parsed.problems()).singleElement().asString().contains("expected a word, found 'y'");
  }

  @Test
  public void shouldKeepKeysThatNobodyDeclaresAsInactive() {
    Parsed parsed = parse(cfg("a.example", "", "future.number = 5"));

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.inactive()).containsExactly("future.number");
    assertThat(parsed.values().text()).containsEntry("future.number", "5");
  }

  @Test
  public void shouldKeepTheLastGoodValueWhileTheJudgeOfANewOneIsAway() {
    TenantFile file = TenantFile.of(ALICE, cfg("", "", "stems.model = new"));

    Parsed without = TenantFileParser.parse(file, null, DECLARED);
    TenantValues good = new TenantValues(new TreeMap<>(Map.of("stems.model", "old")));
    Parsed with = TenantFileParser.parse(file, good, DECLARED);

    assertThat(without.problems()).isEmpty();
    assertThat(without.inactive()).containsExactly("stems.model");
    assertThat(without.values().text()).doesNotContainKey("stems.model");
    assertThat(with.values().text()).containsEntry("stems.model", "old");
  }

  @Test
  public void shouldRefuseAListedFeatureWhoseNeedsAreNot() {
    assertThat(problems(cfg("a.example", "analysis")))
        .singleElement()
        .asString()
        .endsWith("features: 'analysis' needs 'auth', which is not listed");
  }

  @Test
  public void shouldAllowAFeatureThatNobodyEverDeclared() {
    assertThat(parse(cfg("a.example", "holograms")).problems()).isEmpty();
  }

  @Test
  public void shouldRefuseBadReservedValues() {
    assertThat(problems("title =\nhosts = a.example:80\nfeatures = Au th\nlocale = not_a_locale!"))
        .hasSize(4)
        .anyMatch(p -> p.contains(": title: expected 1 to 120 characters (line 1)"))
        .anyMatch(p -> p.contains(": hosts: 'a.example:80' is not a host name"))
        .anyMatch(p -> p.contains(": features: 'Au th' is not the id of a feature"))
        .anyMatch(p -> p.contains(": locale: expected a language tag"));
  }

  @Test
  public void shouldRefuseAnEmptyOrCutOffFile() {
    assertThat(problems("")).hasSize(3).allMatch(p -> p.endsWith("is missing"));
    assertThat(problems("title = A\nhosts = a.exam"))
        .singleElement()
        .asString()
        .endsWith("features: is missing");
  }

  @Test
  public void shouldRefuseAKeyThatIsGivenTwice() {
    assertThat(problems(cfg("a.example", "", "trash.keep = P1D", "trash.keep = P2D")))
        .singleElement()
        .asString()
        .endsWith("trash.keep: is given twice, the second time in line 5");
  }

  @Test
  public void shouldIgnoreWhatConfigurationAdminAdds() {
    Parsed parsed =
        parse(cfg("a.example", "", "service.pid = x", "felix.fileinstall.filename = file:/x"));

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.values().text()).containsOnlyKeys("title", "hosts", "features");
  }

  private static Parsed parse(String text) {
    return TenantFileParser.parse(TenantFile.of(ALICE, text), null, DECLARED);
  }

  private static List<String> problems(String text) {
    return parse(text).problems().stream().map(Problem::toString).toList();
  }
}
