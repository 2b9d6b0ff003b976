package org.tonekeep.testing.rules;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What the rules ask of a class, beyond what ArchUnit has words for. */
final class Conditions {
  private static final String DS = "org.osgi.service.component.annotations.";

  private Conditions() {}

  /** Met by each dependency that the test finds; for {@code noClasses()}. */
  static ArchCondition<JavaClass> dependOn(String words, BiPredicate<JavaClass, JavaClass> test) {
    return new ArchCondition<>("depend on " + words) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          events.add(
              new SimpleConditionEvent(type, test.test(type, target), dependency.getDescription()));
        }
      }
    };
  }

  /** Met by the class that the test finds. */
  static ArchCondition<JavaClass> be(String words, Predicate<JavaClass> test) {
    return new ArchCondition<>("be " + words) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(new SimpleConditionEvent(type, test.test(type), type.getName()));
      }
    };
  }

  static ArchCondition<JavaClass> nameEnds(String ending) {
    return new ArchCondition<>("be named …" + ending) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(type, type.getSimpleName().endsWith(ending), type.getName()));
      }
    };
  }

  /** Public methods but those that the component runtime calls have one of the types first. */
  static ArchCondition<JavaClass> takeFirst(Set<String> types) {
    return new ArchCondition<>("take one of " + types + " first") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMethod method : type.getMethods()) {
          if (!method.getModifiers().contains(JavaModifier.PUBLIC)
              || method.getModifiers().contains(JavaModifier.SYNTHETIC)
              || calledByTheRuntime(method)) {
            continue;
          }
          List<JavaClass> parameters = method.getRawParameterTypes();
          boolean first = !parameters.isEmpty() && types.contains(parameters.get(0).getName());
          events.add(new SimpleConditionEvent(type, first, method.getFullName()));
        }
      }
    };
  }

  private static boolean calledByTheRuntime(JavaMethod method) {
    return method.isAnnotatedWith(DS + "Activate")
        || method.isAnnotatedWith(DS + "Modified")
        || method.isAnnotatedWith(DS + "Deactivate");
  }
}
