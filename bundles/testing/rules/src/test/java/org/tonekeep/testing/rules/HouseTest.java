package org.tonekeep.testing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** The tree and what was built in it keep every rule. */
@RunWith(Parameterized.class)
public final class HouseTest {
  @Parameter public String name;

  @Parameter(1)
  public List<String> broken;

  @Parameters(name = "{0}")
  public static Collection<Object[]> rules() {
    return all(House.here()).entrySet().stream()
        .map(e -> new Object[] {e.getKey(), e.getValue()})
        .toList();
  }

  /** What breaks each rule, by the rule. */
  static Map<String, List<String>> all(House house) {
    Map<String, List<String>> rules = new TreeMap<>();
    for (Map<String, List<String>> some :
        List.of(
            new BuiltRules(house).all(),
            new MapRules(house).all(),
            new FeatureRules(house).all(),
            new StoreRules(house).all(),
            new SourceRules(house).all(),
            new PaperRules(house).all(),
            new InsideRules(house).all())) {
      some.forEach((rule, broken) -> rules.merge(rule, broken, HouseTest::clash));
    }
    return rules;
  }

  private static List<String> clash(List<String> one, List<String> other) {
    throw new IllegalStateException("Two rules of one name: " + one + other);
  }

  @Test
  public void shouldBeKept() {
    assertThat(broken).as(name).isEmpty();
  }
}
