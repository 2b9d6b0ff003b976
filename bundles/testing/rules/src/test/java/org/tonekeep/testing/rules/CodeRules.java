package org.tonekeep.testing.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The laws that bytecode can break. Every rule takes the package that the house lives in, so that
 * the planted examples are a small house of their own.
 *
 * @param root such as {@code org.tonekeep}
 */
record CodeRules(String root) {
  private static final Set<String> DRAWERS =
      Set.of("util", "utils", "common", "commons", "misc", "helper", "helpers");
  private static final List<String> PLATFORM =
      List.of(
          "java.",
          "javax.persistence.",
          "javax.servlet.",
          "javax.ws.rs.",
          "org.osgi.",
          "org.slf4j.",
          "org.jspecify.",
          "org.apache.karaf.shell.");
  private static final Pattern SOCKETS =
      Pattern.compile(
          "java\\.net\\.((Server|Datagram|Multicast)?Socket|(Http|Jar)URLConnection)"
              + "|java\\.net\\.http\\..*|javax\\.net\\..*"
              + "|java\\.nio\\.channels\\.(Asynchronous)?(Server)?(Socket|Datagram)Channel");

  /** All of them, by the sentence that a reader of a failing build sees. */
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("a bundle imports only api packages of ours", oneRule());
    rules.put("a class lives in the api or in its bundle's internal package", rooms());
    rules.put("the api has no components", apiWithoutComponents());
    rules.put("the api speaks platform only", apiOfPlatform());
    rules.put("an EntityManager stays in internal.jpa", entityManagers());
    rules.put("JAX-RS stays in internal.rest", jaxRs());
    rules.put("the shell API stays in internal.console", shell());
    rules.put("nobody opens sockets", sockets());
    rules.put("a store's methods take the tenant first", tenantFirst());
    rules.put("entities are XEntity, live in internal.jpa and stay there", entities());
    rules.put("time comes from the injected clock", new ClockRule(root).rule());
    rules.put("who sent a request is known to faces/rest alone", new PeerRule(root).rule());
    rules.put("no drawers", drawers());
    return rules;
  }

  /** The one rule. */
  ArchRule oneRule() {
    return noClasses()
        .that(ours())
        .should(Conditions.dependOn("code of another bundle", this::foreign));
  }

  private boolean foreign(JavaClass from, JavaClass to) {
    if (!under(to.getPackageName(), root) || api(to)) {
      return false;
    }
    return !under(to.getPackageName(), home(from)) || api(from);
  }

  ArchRule rooms() {
    return classes()
        .that(ours())
        .should()
        .resideInAnyPackage(root + ".*.api", root + ".*.internal..", root + ".*.*.internal..");
  }

  ArchRule apiWithoutComponents() {
    return noClasses()
        .that(is("in the api", this::api))
        .should()
        .beAnnotatedWith("org.osgi.service.component.annotations.Component")
        .allowEmptyShould(true);
  }

  ArchRule apiOfPlatform() {
    return noClasses()
        .that(is("in the api", this::api))
        .should(
            Conditions.dependOn(
                "a library",
                (from, to) ->
                    !to.isPrimitive()
                        && !under(to.getPackageName(), root)
                        && PLATFORM.stream().noneMatch(p -> to.getName().startsWith(p))))
        .allowEmptyShould(true);
  }

  ArchRule entityManagers() {
    return only("javax.persistence.EntityManager.*", ".internal.jpa", "persistence.", Set.of());
  }

  ArchRule jaxRs() {
    return only("javax.ws.rs..*", ".internal.rest", "rest.", Set.of("console", "web", "subsonic"));
  }

  ArchRule shell() {
    return only("org.apache.karaf.shell..*", ".internal.console", "console.", Set.of());
  }

  /** Types that only a kind of package may touch, and the floor that owns them. */
  private ArchRule only(String types, String inside, String owner, Set<String> others) {
    Pattern pattern = Pattern.compile(types);
    DescribedPredicate<JavaClass> allowed =
        is(
            "in *" + inside + " or " + owner + "*",
            c -> {
              String name = c.getPackageName();
              return name.endsWith(inside)
                  || name.contains(inside + ".")
                  || name.startsWith(root + "." + owner)
                  || others.stream().anyMatch(o -> name.startsWith(root + "." + o + "."));
            });
    return noClasses()
        .that(ours())
        .and(DescribedPredicate.not(allowed))
        .should(Conditions.dependOn(types, (from, to) -> pattern.matcher(to.getName()).matches()));
  }

  ArchRule sockets() {
    return noClasses()
        .that(ours())
        .should(
            Conditions.dependOn("sockets", (from, to) -> SOCKETS.matcher(to.getName()).matches()));
  }

  ArchRule tenantFirst() {
    // A blob's key begins with its tenant: the contract of the SPI.
    Set<String> tenants = Set.of(root + ".tenant.api.TenantId", root + ".storage.api.BlobKey");
    return classes()
        .that(ours())
        .and(is("a store", c -> c.getSimpleName().endsWith("Store")))
        .should(Conditions.takeFirst(tenants));
  }

  ArchRule entities() {
    return classes()
        .that()
        .areAnnotatedWith("javax.persistence.Entity")
        .should(Conditions.nameEnds("Entity"))
        .andShould()
        .resideInAPackage("..internal.jpa..")
        .andShould()
        .onlyHaveDependentClassesThat(
            is(
                "in internal.jpa or named by a persistence unit",
                c -> c.getPackageName().contains(".internal.jpa")))
        .allowEmptyShould(true);
  }

  ArchRule drawers() {
    return noClasses()
        .that(ours())
        .should(
            Conditions.be(
                "a drawer or named for what it is not",
                c ->
                    DRAWERS.stream().anyMatch(d -> c.getPackageName().endsWith("." + d))
                        || c.getSimpleName().endsWith("Impl")
                        || c.getSimpleName().endsWith("Manager")
                        || c.getSimpleName().endsWith("Utils")
                        || c.getSimpleName().endsWith("Helper")));
  }

  private DescribedPredicate<JavaClass> ours() {
    return is("of " + root, c -> under(c.getPackageName(), root));
  }

  private boolean api(JavaClass type) {
    return type.getPackageName().matches(Pattern.quote(root) + "\\.[a-z0-9]+\\.api");
  }

  /** The package that belongs to the class's own bundle. */
  private static String home(JavaClass type) {
    String name = type.getPackageName();
    int end = name.indexOf(".internal");
    return end < 0 ? name : name.substring(0, end) + ".internal";
  }

  private static boolean under(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  private static DescribedPredicate<JavaClass> is(
      String words, java.util.function.Predicate<JavaClass> test) {
    return describe(words, test);
  }
}
