package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.identity.api.Scope.READ;
import static org.tonekeep.identity.api.Scope.SESSION;
import static org.tonekeep.identity.api.Scope.SUBSONIC;
import static org.tonekeep.identity.api.Scope.UPLOAD;

import java.util.Locale;
import java.util.Set;
import org.junit.Test;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestTenants;

public class ScopesTest {
  private static final Object[][] ROUTES = {
    {"GET", "/api/tracks", READ},
    {"HEAD", "/api/tracks/1", READ},
    {"GET", "/api/peaks/1", READ},
    {"GET", "/api/analysis/1", READ},
    {"GET", "/b/v1.abc", READ},
    {"GET", "/api/jobs/1/events", READ},
    {"GET", "/api/playlists", READ},
    {"GET", "/", READ},
    {"POST", "/api/tracks/1/url", READ},
    {"POST", "/api/tracks", UPLOAD},
    {"POST", "/api/uploads", UPLOAD},
    {"PATCH", "/api/uploads/1", UPLOAD},
    {"HEAD", "/api/uploads/1", UPLOAD},
    {"GET", "/rest/ping.view", SUBSONIC},
    {"POST", "/rest/stream", SUBSONIC},
    {"PATCH", "/api/tracks/1", SESSION},
    {"DELETE", "/api/tracks/1", SESSION},
    {"POST", "/api/tracks/1/url/more", SESSION},
    {"PUT", "/api/tracks", SESSION},
    {"POST", "/api/shares", SESSION},
    {"GET", "/api/auth/sessions", SESSION},
    {"GET", "/api/auth", SESSION},
    {"POST", "/api/auth/login", SESSION},
    {"GET", "/api/account", SESSION},
    {"GET", "/api/account/export", SESSION},
    {"GET", "/api/notes", SESSION},
    {"GET", "/api/audit/mine", SESSION},
    {"GET", "/api/accounts", READ},
    {"GET", "/restful", READ},
    {"BREW", "/api/tracks", SESSION},
  };

  private static Caller with(Scope... scopes) {
    return new Caller(
        TestTenants.ALICE,
        new AccountId("00000000-0000-7000-8000-000000000001"),
        Set.of(Role.ARTIST),
        "key",
        Set.of(scopes),
        false);
  }

  private static boolean may(Caller caller, Object[] route) {
    try {
      Scopes.require(caller, (String) route[0], (String) route[1]);
      return true;
    } catch (ProblemException e) {
      assertThat(e.status()).isEqualTo(403);
      assertThat(e.code()).isEqualTo("scope-required");
      String word = route[2].toString().toLowerCase(Locale.ROOT);
      assertThat(e.detail()).contains(word);
      assertThat(e.headers().get("WWW-Authenticate")).contains("scope=\"" + word + "\"");
      return false;
    }
  }

  @Test
  public void shouldAskForOneScopeOnEachRoute() {
    for (Object[] route : ROUTES) {
      for (Scope scope : Scope.values()) {
        assertThat(may(with(scope), route))
            .as(scope + " at " + route[0] + " " + route[1])
            .isEqualTo(scope == SESSION || scope == route[2]);
      }
    }
  }

  @Test
  public void shouldAddUpSeveralScopesAndRefuseNone() {
    for (Object[] route : ROUTES) {
      assertThat(may(with(READ, UPLOAD), route)).isEqualTo(route[2] == READ || route[2] == UPLOAD);
      assertThat(may(with(), route)).isFalse();
    }
  }
}
