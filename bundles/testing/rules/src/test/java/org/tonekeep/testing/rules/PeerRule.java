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
 * Nobody but faces/rest looks at who sent a request, or takes off what hides it there.
 *
 * @param root the package that the house lives in
 */
record PeerRule(String root) {
  private static final Set<String> TELLING =
      Set.of(
          "getRemoteAddr",
          "getRemoteHost",
          "getRemotePort",
          "getRemoteUser",
          "getCookies",
          "getRequest");

  ArchRule rule() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackage(root + ".rest.internal..")
        .should(
            new ArchCondition<>("ask for a request's peer") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (JavaCodeUnitAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
                  events.add(
                      new SimpleConditionEvent(
                          type, asks(access.getTarget()), access.getDescription()));
                }
              }
            });
  }

  private static boolean asks(CodeUnitAccessTarget target) {
    return target.getOwner().getName().startsWith("javax.servlet.")
        && TELLING.contains(target.getName());
  }
}
