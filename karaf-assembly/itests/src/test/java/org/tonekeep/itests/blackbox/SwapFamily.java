package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tonekeep.itests.blackbox.RouteTable.Entry;
import org.tonekeep.itests.blackbox.Routes.Route;

/**
 * A1: somebody else's id in every place of every route. The answer is that for an id which nobody
 * has, and the victim keeps everything.
 */
final class SwapFamily {
  /** Not ids: what a valid request needs besides. */
  private static final Set<String> NO_IDS = Set.of("random", "email");

  private static final Set<String> LATER =
      Set.of(
          "POST /api/account/delete: an account whose deletion is pending calls",
          "POST /api/shares: whoever was given a share calls");

  private final IsolationSite site;
  private final RouteTable table = new RouteTable();

  SwapFamily(IsolationSite site) {
    this.site = site;
  }

  /** Fails for a route that nobody thought of, and for a caller who could be there by now. */
  void requireAll(List<Route> routes) {
    Set<String> documented = new TreeSet<>();
    routes.forEach(route -> documented.add(route.toString()));
    assertThat(new TreeSet<>(table.entries().keySet()))
        .as("routes with a case beside those of the document: name each in RouteTable")
        .isEqualTo(documented);
    for (Route route : routes) {
      Entry entry = table.entries().get(route.toString());
      assertThat(entry.shapes().stream().anyMatch(shape -> !shape.places().isEmpty()))
          .as("%s has a parameter, so its case has a place for an id", route)
          .isIn(true, route.hasParameter());
    }
    for (String caller : LATER) {
      assertThat(documented)
          .as("%s; add that caller to IsolationSite", caller)
          .doesNotContain(caller.substring(0, caller.indexOf(':')));
    }
  }

  List<Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    for (Entry entry : table.entries().values()) {
      for (Shape shape : entry.shapes()) {
        for (String place : shape.places()) {
          if (!NO_IDS.contains(place)) {
            site.attackers()
                .forEach((name, caller) -> add(cases, entry, shape, place, name, caller));
          }
        }
      }
    }
    return List.copyOf(cases.values());
  }

  private void add(
      Map<String, Case> cases,
      Entry entry,
      Shape shape,
      String place,
      String name,
      Musician caller) {
    if (entry.may().contains(name) || (name.equals("staff") && entry.by().startsWith("second"))) {
      return;
    }
    String what =
        "A1 "
            + shape.route()
            + " "
            + place
            + (shape.equals(entry.control()) ? "" : " of " + shape.path());
    String all = what + " by " + name;
    cases.put(all, new Case("A1 " + shape.route(), all, () -> swapped(shape, place, caller)));
  }

  private String swapped(Shape shape, String place, Musician caller) throws Exception {
    if (place.equals("idem")) {
      // Two strangers of one network who use one key at once are told so.
      synchronized (table) {
        return compared(shape, place, caller);
      }
    }
    return compared(shape, place, caller);
  }

  private String compared(Shape shape, String place, Musician caller) throws Exception {
    String real = site.ids().get(place);
    String absent = IsolationSite.absent(place, real);
    Map<String, String> others = new HashMap<>(site.ids());
    others.put(place, absent);
    Map<String, String> found = Routes.told(caller.send(shape.by(caller, site.ids())), real);
    Map<String, String> nothing = Routes.told(caller.send(shape.by(caller, others)), absent);
    return found.equals(nothing) ? "" : found + "\n    for nobody's: " + nothing;
  }

  /** What the routes do for those who may: proof that the requests above were worth refusing. */
  List<String> controls() throws Exception {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Entry entry : table.entries().values()) {
      if (!entry.elsewhere().isEmpty()) {
        continue;
      }
      Musician by = site.person(entry.by());
      Shape shape = entry.control();
      HttpResponse<String> answer = by.send(shape.by(by, site.ids()));
      count++;
      if (answer.statusCode() / 100 != 2) {
        wrong.add(shape.route() + " by " + entry.by() + ": " + answer.statusCode() + answer.body());
      } else if (!entry.by().equals("anonymous")) {
        by.goOnWith(answer);
      }
    }
    System.out.println("isolation: " + count + " positive controls");
    return wrong;
  }
}
