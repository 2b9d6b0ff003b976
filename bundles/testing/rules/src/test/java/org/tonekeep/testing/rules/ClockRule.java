package org.tonekeep.testing.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * Nobody asks the machine what time it is but the clock of core/tenant, which everybody is given.
 *
 * @param root the package that the house lives in
 */
record ClockRule(String root) {
  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.util.Calendar.getInstance",
          "java.time.Clock.system",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.tickMillis",
          "java.time.Clock.tickSeconds",
          "java.time.Clock.tickMinutes");

  ArchRule rule() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should(
            new ArchCondition<>("ask the machine for the time") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean clock =
                    type.getPackageName().equals(root + ".tenant.internal")
                        && type.isAssignableTo("java.time.Clock");
                for (JavaCodeUnitAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
                  events.add(
                      new SimpleConditionEvent(
                          type, !clock && asks(access.getTarget()), access.getDescription()));
                }
              }
            });
  }

  private static boolean asks(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    String name = owner + "." + target.getName();
    boolean given =
        target.getRawParameterTypes().stream().anyMatch(p -> p.getName().equals("java.time.Clock"));
    return CLOCKS.contains(name)
        || (owner.startsWith("java.time.") && target.getName().equals("now") && !given)
        || (owner.equals("java.util.Date")
            && target.getName().equals("<init>")
            && target.getRawParameterTypes().isEmpty())
        || (owner.equals("java.util.GregorianCalendar")
            && target.getRawParameterTypes().stream().noneMatch(p -> p.getName().equals("int")));
  }
}
