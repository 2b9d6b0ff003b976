package org.tonekeep.testing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Map;
import org.junit.Test;

/** The planted house breaks every rule, and its good classes break none. */
public final class CodeCanFailTest {
  private static final String PLANTED = "org.tonekeep.testing.rules.planted";

  /** By rule, the class that it must find. */
  private static final Map<String, String> FOUND =
      Map.ofEntries(
          Map.entry("a bundle imports only api packages of ours", "Planted$Visits"),
          Map.entry("a class lives in the api or in its bundle's internal package", "Stray"),
          Map.entry("the api has no components", "PlantedInApi$Runs"),
          Map.entry("the api speaks platform only", "PlantedInApi$Talks"),
          Map.entry("an EntityManager stays in internal.jpa", "Planted$Queries"),
          Map.entry("JAX-RS stays in internal.rest", "Planted$Answers"),
          Map.entry("the shell API stays in internal.console", "Planted$Commands"),
          Map.entry("nobody opens sockets", "Planted$Dials"),
          Map.entry("a store's methods take the tenant first", "Planted$ForgetfulStore.find("),
          Map.entry(
              "entities are XEntity, live in internal.jpa and stay there", "Planted$StrayEntity"),
          Map.entry("time comes from the injected clock", "Planted$Watches"),
          Map.entry("who sent a request is known to faces/rest alone", "Planted$Stares"),
          Map.entry("no drawers", "Planted$ThingManager"));

  private final JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
  private final Map<String, ArchRule> rules = new CodeRules(PLANTED).all();

  @Test
  public void shouldFindThePlantedExampleOfEachRule() {
    assertThat(FOUND).containsOnlyKeys(rules.keySet());
    rules.forEach(
        (name, rule) -> {
          EvaluationResult result = rule.evaluate(planted);
          assertThat(result.hasViolation()).as(name).isTrue();
          assertThat(result.getFailureReport().toString()).as(name).contains(FOUND.get(name));
        });
  }

  @Test
  public void shouldLeaveTheGoodOnesAlone() {
    rules.forEach(
        (name, rule) ->
            assertThat(rule.evaluate(planted).getFailureReport().toString())
                .as(name)
                .doesNotContain("Good", "Rightly", ".rightly("));
  }
}
