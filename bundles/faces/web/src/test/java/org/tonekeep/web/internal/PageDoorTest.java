package org.tonekeep.web.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.web.internal.WebServer.ALICE;
import static org.tonekeep.web.internal.WebServer.BOB;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class PageDoorTest {
  private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9_-]{22})'");

  private WebServer web;

  @Before
  public void start() throws Exception {
    web = new WebServer();
  }

  @After
  public void stop() throws Exception {
    web.close();
  }

  @Test
  public void shouldSendTheExactContentSecurityPolicy() throws Exception {
    HttpResponse<String> page = web.get(ALICE, "/");

    String policy = policy(page);
    assertThat(NONCE.matcher(policy).replaceFirst("'nonce-X'"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-X'; "
                + "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; "
                + "font-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; "
                + "frame-ancestors 'none'; require-trusted-types-for 'script'; "
                + "trusted-types tonekeep");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Permissions-Policy").orElse("")).contains("camera=()");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  public void shouldShowTheWayToWhoTypesWhatOtherSitesHave() throws Exception {
    HttpResponse<String> login = web.get(ALICE, "/login");
    assertThat(login.statusCode()).isEqualTo(303);
    assertThat(login.headers().firstValue("Location")).hasValue("/signin");
    assertThat(web.get(ALICE, "/register").headers().firstValue("Location")).hasValue("/signup");
    assertThat(web.get(ALICE, "/login/x").statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldUseANonceOnceAndWriteItIntoItsOwnPage() throws Exception {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> page = web.get(ALICE, "/tracks");
      String nonce = nonce(page);
      assertThat(page.body()).contains("nonce=\"" + nonce + "\"");
      nonces.add(nonce);
    }
    assertThat(nonces).hasSize(20);
  }

  @Test
  public void shouldEscapeTheTenantsTitle() throws Exception {
    assertThat(web.get(ALICE, "/").body())
        .contains("<title>Alice&#39;s &amp; &lt;b&gt;friends&lt;/b&gt;</title>")
        .doesNotContain("<b>friends");
    assertThat(web.get(BOB, "/").body()).contains("<title>Bob</title>");
  }

  @Test
  public void shouldLeaveNoPlaceholderAndNoInlineScriptOrStyle() throws Exception {
    String page = web.get(ALICE, "/").body();
    assertThat(page).doesNotContain("{{").doesNotContain("<style").doesNotContain(" style=");
    assertThat(page).doesNotContainPattern("<script(?![^>]* src=)");
  }

  @Test
  public void shouldSayWhetherSomebodyIsSignedIn() throws Exception {
    assertThat(web.get(ALICE, "/").body()).contains("data-session=\"anonymous\"");
    web.signedIn = true;
    assertThat(web.get(ALICE, "/").body()).contains("data-session=\"signed-in\"");
  }

  @Test
  public void shouldKeepTheThemeInACookieOnlyWhereTheTenantHasOne() throws Exception {
    assertThat(web.get(ALICE, "/").body()).contains("data-theme-in=\"storage\"");
    web.allowCookies(ALICE, "consent, theme");
    assertThat(web.get(ALICE, "/").body()).contains("data-theme-in=\"cookie\"");
    assertThat(web.get(BOB, "/").body()).contains("data-theme-in=\"storage\"");
    assertThat(web.get(ALICE, "/").headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  public void shouldServeThePageForEveryRouteOfThePages() throws Exception {
    for (String path : new String[] {"/", "/tracks", "/tracks/0192-abc", "/account", "/a/b/c"}) {
      HttpResponse<String> page = web.get(ALICE, path, "Accept", "text/html,*/*;q=0.8");
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
          .isEqualToIgnoringCase("text/html;charset=utf-8");
    }
  }

  @Test
  public void shouldNotServeThePageWhereAMachineAsks() throws Exception {
    for (String path : new String[] {"/api/nothing", "/b/abc", "/favicon.ico", "/.env", "/x.php"}) {
      assertThat(web.get(ALICE, path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(web.get(ALICE, "/tracks", "Accept", "application/json").statusCode()).isEqualTo(404);
  }

  @Test
  public void shouldOnlyBeRead() throws Exception {
    HttpResponse<String> posted = web.send("POST", ALICE, "/");
    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
    HttpResponse<String> head = web.send("HEAD", ALICE, "/");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  public void shouldPointAtFilesThatExistAndNeverChange() throws Exception {
    Matcher links =
        Pattern.compile("(?:href|src)=\"(/web/[^\"]+)\"").matcher(web.get(ALICE, "/").body());
    int count = 0;
    while (links.find()) {
      HttpResponse<String> file = web.get(ALICE, links.group(1));
      assertThat(file.statusCode()).as(links.group(1)).isEqualTo(200);
      assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
      count++;
    }
    assertThat(count).isEqualTo(5);
  }

  private static String policy(HttpResponse<String> page) {
    return page.headers().firstValue("Content-Security-Policy").orElseThrow();
  }

  private static String nonce(HttpResponse<String> page) {
    Matcher nonce = NONCE.matcher(policy(page));
    assertThat(nonce.find()).isTrue();
    return nonce.group(1);
  }
}
