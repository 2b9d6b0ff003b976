package org.tonekeep.testing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.util.Collection;
import org.junit.BeforeClass;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** The compiled classes of every shipped bundle keep every {@link CodeRules rule}. */
@RunWith(Parameterized.class)
public final class CodeTest {
  private static final House HOUSE = House.here();
  private static JavaClasses classes;

  @Parameter public String name;

  @Parameter(1)
  public ArchRule rule;

  @Parameters(name = "{0}")
  public static Collection<Object[]> rules() {
    return new CodeRules("org.tonekeep")
        .all().entrySet().stream().map(e -> new Object[] {e.getKey(), e.getValue()}).toList();
  }

  @BeforeClass
  public static void readClasses() {
    classes =
        new ClassFileImporter()
            .importPaths(
                HOUSE.shipped().stream().map(Room::classes).filter(Files::isDirectory).toList());
  }

  @Test
  public void shouldBeKept() {
    assertThat(rule.evaluate(classes).getFailureReport().getDetails()).as(name).isEmpty();
  }
}
