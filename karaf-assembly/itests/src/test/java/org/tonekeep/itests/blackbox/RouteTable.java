package org.tonekeep.itests.blackbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tonekeep.itests.Tone;

/**
 * What a valid request of each route is, and who may make it: one line a route. A route of the
 * OpenAPI document that is not here fails the suite. The order is that of the positive controls:
 * what ends sessions comes last.
 */
final class RouteTable {
  private static final String VICTIM = "victim";
  private static final String STAFF = "staff";
  private static final String ANYBODY = "anonymous";

  /**
   * A route.
   *
   * @param control the request that must succeed, and in which places are attacked
   * @param more the same route with ids in other places; attacked only
   * @param by who makes the control
   * @param may callers that may do it with the victim's ids, so that it is no attack by them
   * @param elsewhere why there is no control here; empty when there is
   */
  record Entry(Shape control, List<Shape> more, String by, Set<String> may, String elsewhere) {
    List<Shape> shapes() {
      List<Shape> all = new ArrayList<>(List.of(control));
      all.addAll(more);
      return all;
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  RouteTable() {
    account();
    tracks();
    uploads();
    staff();
    signingIn();
    last();
  }

  Map<String, Entry> entries() {
    return entries;
  }

  private Shape on(String route) {
    return Shape.of(route, route.substring(route.indexOf(' ') + 1));
  }

  private void add(String by, Shape control, Shape... more) {
    Entry entry = new Entry(control, List.of(more), by, Set.of(by), "");
    if (entries.put(control.route(), entry) != null) {
      throw new AssertionError(control.route() + " is here twice");
    }
  }

  private void elsewhere(String why, Shape shape) {
    entries.put(shape.route(), new Entry(shape, List.of(), "", Set.of(), why));
  }

  private void account() {
    add(VICTIM, on("GET /api/account"));
    add(VICTIM, on("PATCH /api/account").json("{'displayName': 'Vera'}"));
    add(VICTIM, on("PUT /api/account/image").bytes("image/png", Pictures.png()));
    add(VICTIM, on("GET /api/account/image"));
    add(VICTIM, on("DELETE /api/account/image"));
    add(
        VICTIM,
        on("GET /api/audit/mine"),
        Shape.of("GET /api/audit/mine", "/api/audit/mine?subject={track}"),
        Shape.of("GET /api/audit/mine", "/api/audit/mine?after={entry}"));
    add(VICTIM, Shape.of("GET /api/audit/proof/{entry}", "/api/audit/proof/{entry}"));
  }

  private void tracks() {
    Shape list = on("GET /api/tracks");
    add(VICTIM, list, Shape.of(list.route(), "/api/tracks?after={cursor}"));
    add(
        VICTIM,
        Shape.of("POST /api/tracks", "/api/tracks?title=New").bytes("audio/wav", Tone.wav(1, 300)));
    add(VICTIM, Shape.of("GET /api/tracks/{id}", "/api/tracks/{track}"));
    add(
        VICTIM,
        Shape.of("PATCH /api/tracks/{id}", "/api/tracks/{track}").json("{'title': 'Changed'}"));
    add(VICTIM, Shape.of("POST /api/tracks/{id}/url", "/api/tracks/{track}/url").json("{}"));
    add(
        VICTIM,
        Shape.of("POST /api/tracks/{id}/restore", "/api/tracks/{trash}/restore"),
        Shape.of("POST /api/tracks/{id}/restore", "/api/tracks/{track}/restore"));
    add(
        VICTIM,
        Shape.of("DELETE /api/tracks/{id}", "/api/tracks/{spare}"),
        Shape.of("DELETE /api/tracks/{id}", "/api/tracks/{track}?now=true"));
    add(VICTIM, Shape.of("GET /api/peaks/{trackId}", "/api/peaks/{track}"));
    add(VICTIM, Shape.of("GET /api/analysis/{trackId}", "/api/analysis/{track}"));
    add(VICTIM, Shape.of("POST /api/analysis/{trackId}", "/api/analysis/{track}"));
    Shape jobs = on("GET /api/jobs");
    add(
        VICTIM,
        jobs,
        Shape.of(jobs.route(), "/api/jobs?subject={track}"),
        Shape.of(jobs.route(), "/api/jobs?after={job}"));
    add(VICTIM, Shape.of("GET /api/jobs/{id}", "/api/jobs/{job}"));
    add(VICTIM, Shape.of("GET /api/jobs/{id}/events", "/api/jobs/{job}/events"));
    add(VICTIM, Shape.of("DELETE /api/jobs/{id}", "/api/jobs/{job}"));
  }

  private void uploads() {
    String tus = "Tus-Resumable";
    Shape list = on("GET /api/uploads");
    add(VICTIM, list, Shape.of(list.route(), "/api/uploads?after={upload}"));
    add(VICTIM, on("POST /api/uploads").with(tus, "1.0.0").with("Upload-Length", "100"));
    String one = "/api/uploads/{upload}";
    add(VICTIM, Shape.of("HEAD /api/uploads/{id}", one).with(tus, "1.0.0"));
    add(
        VICTIM,
        Shape.of("PATCH /api/uploads/{id}", one)
            .bytes("application/offset+octet-stream", new byte[] {'R'})
            .with(tus, "1.0.0")
            .with("Upload-Offset", "0"));
    add(VICTIM, Shape.of("DELETE /api/uploads/{id}", one).with(tus, "1.0.0"));
  }

  private void staff() {
    String wish = "'ticket': 'T-1', 'reason': 'To hear what is wrong with it'}";
    add(
        STAFF,
        on("POST /api/breakglass").json("{'track': '{track}', " + wish),
        on("POST /api/breakglass").json("{'account': '{account}', " + wish));
    Shape list = on("GET /api/breakglass");
    add(STAFF, list, Shape.of(list.route(), "/api/breakglass?before={grant}"));
    add(STAFF, Shape.of("GET /api/breakglass/{id}", "/api/breakglass/{grant}"));
    add(
        STAFF,
        Shape.of("POST /api/breakglass/{id}/url", "/api/breakglass/{grant}/url")
            .json("{'track': '{track}'}"));
    add(
        "second of the staff",
        Shape.of("POST /api/breakglass/{id}/approve", "/api/breakglass/{wish}/approve"));
    add(STAFF, Shape.of("DELETE /api/breakglass/{id}", "/api/breakglass/{grant}"));
    Shape notes = on("GET /api/notes");
    add(STAFF, Shape.of(notes.route(), "/api/notes?account={account}"), notes);
    add(
        STAFF,
        on("POST /api/notes").json("{'account': '{account}', 'text': 'Asked for an invoice'}"));
    add(STAFF, Shape.of("DELETE /api/notes/{id}", "/api/notes/{note}"));
  }

  private void signingIn() {
    add(ANYBODY, on("GET /api/auth/signup"));
    add(
        ANYBODY,
        on("POST /api/auth/signup")
            .json(
                "{'email': 'new-{random}@example.org', 'password': '" + Musician.PASSWORD + "'}"));
    add(
        ANYBODY,
        on("POST /api/auth/login")
            .json("{'email': '{email}', 'password': '" + Musician.PASSWORD + "'}"));
    add(ANYBODY, on("POST /api/auth/password/forgot").json("{'email': '{email}'}"));
    String mailed = "takes a token out of a mail: BrowserIT and AccountPagesIT follow the link";
    elsewhere(mailed, on("POST /api/auth/confirm").json("{'token': 'x'}"));
    elsewhere(
        mailed, on("POST /api/auth/password/reset").json("{'token': 'x', 'password': 'secret'}"));
    elsewhere(mailed, on("POST /api/account/email/confirm").json("{'token': 'x'}"));
    elsewhere(mailed, on("POST /api/account/email/undo").json("{'token': 'x'}"));
    add(VICTIM, on("POST /api/account/email").json("{'email': 'other-{random}@example.org'}"));
    add(VICTIM, on("GET /api/auth/keys"));
    add(
        VICTIM,
        on("POST /api/auth/keys").json("{'name': 'player', 'scope': 'read'}"),
        on("POST /api/auth/keys").json("{'scope': 'none'}").with("Idempotency-Key", "{idem}"));
    add(VICTIM, Shape.of("DELETE /api/auth/keys/{id}", "/api/auth/keys/{key}"));
    add(VICTIM, on("GET /api/auth/sessions"));
    add(VICTIM, Shape.of("DELETE /api/auth/sessions/{id}", "/api/auth/sessions/{session}"));
    add(VICTIM, on("GET /api/auth/totp"));
    String browser = "needs a browser's authenticator on the site's own host: BrowserIT";
    elsewhere(browser, on("GET /api/auth/passkeys"));
    for (String step : new String[] {"register", "login"}) {
      elsewhere(browser, on("POST /api/auth/passkeys/" + step + "/options"));
      elsewhere(browser, on("POST /api/auth/passkeys/" + step + "/verify").json("{}"));
    }
  }

  private void last() {
    add(VICTIM, on("POST /api/auth/step-up").json("{'password': '" + Musician.PASSWORD + "'}"));
    add(VICTIM, Shape.of("DELETE /api/auth/passkeys/{id}", "/api/auth/passkeys/{passkey}"));
    add(VICTIM, on("POST /api/auth/totp"));
    elsewhere("needs the app's code: AccountPagesIT", on("POST /api/auth/totp/confirm"));
    elsewhere("nothing is on to be turned off: AccountPagesIT", on("DELETE /api/auth/totp"));
    add(VICTIM, on("DELETE /api/auth/sessions"));
    add(
        VICTIM,
        on("POST /api/auth/password")
            .json("{'current': '" + Musician.PASSWORD + "', 'new': 'another long phrase here'}"));
    add(VICTIM, on("POST /api/auth/logout"));
  }
}
