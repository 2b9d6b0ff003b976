package org.tonekeep.itests.blackbox;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tonekeep.itests.blackbox.Routes.Route;

/** A8: every change, as other sites' pages would ask for it; only the own site's pages may. */
final class CrossSiteFamily {
  private static final String ABSENT = "absent";
  private static final List<String> SITES =
      List.of("same-origin", "none", "same-site", "cross-site", ABSENT);
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x");

  /** What one of these does when it is let through, the next cases could not bear. */
  private static final Set<String> ENDS_THE_SESSION =
      Set.of("POST /api/auth/logout", "POST /api/auth/login", "POST /api/auth/signup");

  private final IsolationSite site;
  private final Musician member;

  CrossSiteFamily(IsolationSite site) throws Exception {
    this.site = site;
    this.member = site.person("another member");
  }

  List<Case> cases() throws Exception {
    String own = "http://127.0.0.1:" + site.platform().port();
    List<String> origins =
        List.of(
            ABSENT,
            own,
            "null",
            "https://evil.example",
            "http://127.0.0.1:1",
            "http://sub.127.0.0.1:" + site.platform().port(),
            own + ".evil.example");
    List<Case> cases = new ArrayList<>();
    for (Route route : Routes.of(member)) {
      if (route.isSafe()) {
        continue;
      }
      for (String from : SITES) {
        for (String origin : origins) {
          boolean may =
              from.equals(ABSENT)
                  ? origin.equals(ABSENT) || origin.equals(own)
                  : from.equals("same-origin") || from.equals("none");
          if (may && ENDS_THE_SESSION.contains(route.toString())) {
            continue;
          }
          // That the own pages may is one case for each, not one for each type.
          for (String type : may ? TYPES.subList(0, 1) : TYPES) {
            cases.add(
                new Case(
                    "A8 " + route.base(),
                    "A8 " + route + " from " + from + " of " + port(origin) + " as " + type,
                    () -> asked(route, from, origin, type, may)));
          }
        }
      }
    }
    return cases;
  }

  /** Names stay the same from run to run. */
  private String port(String origin) {
    return origin.replace(":" + site.platform().port(), "");
  }

  private String asked(Route route, String from, String origin, String type, boolean may)
      throws Exception {
    String id = may ? java.util.UUID.randomUUID().toString() : site.ids().get("track");
    HttpRequest.Builder request = route.by(member, id, r -> r.setHeader("Content-Type", type));
    if (!from.equals(ABSENT)) {
      request.header("Sec-Fetch-Site", from);
    }
    if (!origin.equals(ABSENT)) {
      request.header("Origin", origin);
    }
    HttpResponse<String> answer = member.send(request);
    member.goOnWith(answer);
    boolean refused = answer.statusCode() == 403 && answer.body().contains("problem:cross-origin");
    return refused != may ? "" : answer.statusCode() + answer.body();
  }
}
