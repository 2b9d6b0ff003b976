package org.tonekeep.web.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.web.internal.WebServer.ALICE;
import static org.tonekeep.web.internal.WebServer.BOB;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.web.api.WebEntry;

public class AssetsDoorTest {
  private final WebEntry mine = WebServer.entry("mine", "mine");
  private final WebEntry core = WebServer.entry("core", "");
  private WebServer web;

  @Before
  public void start() throws Exception {
    web = new WebServer();
    web.entries.addEntry(mine);
    web.entries.addEntry(core);
    web.turnOn(ALICE, "mine");
  }

  @After
  public void stop() throws Exception {
    web.close();
  }

  @Test
  public void shouldListOnlyTheEntriesThatAreOnForTheTenant() throws Exception {
    assertThat(web.get(ALICE, "/web/entries.json").body())
        .matches(
            "\\{\"title\":\"Alice's &"
                + " \\\\u003cb>friends\\\\u003c/b>\",\"locale\":\"en\",\"entries\":\\["
                + "\\{\"id\":\"core\",\"module\":\"/web/core/v-[0-9a-f]{16}/main.js\"},"
                + "\\{\"id\":\"mine\",\"module\":\"/web/mine/v-[0-9a-f]{16}/main.js\"}]}");
    assertThat(web.get(BOB, "/web/entries.json").body()).contains("core").doesNotContain("mine");
  }

  @Test
  public void shouldServeNothingOfAnEntryWhoseFeatureIsOff() throws Exception {
    assertThat(web.get(ALICE, "/web/mine/main.js").statusCode()).isEqualTo(200);
    assertThat(web.get(BOB, "/web/mine/main.js").statusCode()).isEqualTo(404);
    assertThat(web.get(BOB, "/web/core/main.js").statusCode()).isEqualTo(200);
    web.turnOn(BOB, "mine");
    assertThat(web.get(BOB, "/web/mine/main.js").statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldForgetAnEntryWithItsBundle() throws Exception {
    web.entries.removeEntry(mine);
    assertThat(web.get(ALICE, "/web/mine/main.js").statusCode()).isEqualTo(404);
    assertThat(web.get(ALICE, "/web/entries.json").body()).doesNotContain("mine");
  }

  @Test
  public void shouldListAnEntryOnceWhileItsBundleIsReplaced() throws Exception {
    WebEntry newer = WebServer.entry("mine", "mine");
    web.entries.addEntry(newer);
    assertThat(web.get(ALICE, "/web/entries.json").body().split("\"id\":\"mine\"", -1)).hasSize(2);
    web.entries.removeEntry(mine);
    assertThat(web.get(ALICE, "/web/mine/main.js").statusCode()).isEqualTo(200);
    web.entries.removeEntry(newer);
    assertThat(web.get(ALICE, "/web/mine/main.js").statusCode()).isEqualTo(404);
  }

  @Test
  public void shouldNotLetAnEntryTakeTheShellsPlace() throws Exception {
    web.entries.addEntry(WebServer.entry("shell", ""));
    assertThat(web.get(ALICE, "/web/entries.json").body()).doesNotContain("shell");
    assertThat(web.get(ALICE, "/web/shell/shell.js").body()).contains("Starts the pages");
  }

  @Test
  public void shouldCacheVersionedAddressesForEverAndAskAgainForOthers() throws Exception {
    Matcher address =
        Pattern.compile("/web/mine/v-[0-9a-f]{16}/main.js")
            .matcher(web.get(ALICE, "/web/entries.json").body());
    assertThat(address.find()).isTrue();
    assertThat(cacheControl(web.get(ALICE, address.group())))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(cacheControl(web.get(ALICE, "/web/mine/main.js"))).isEqualTo("public, no-cache");
    HttpResponse<String> outdated = web.get(ALICE, "/web/mine/v-0000000000000000/main.js");
    assertThat(outdated.statusCode()).isEqualTo(200);
    assertThat(cacheControl(outdated)).isEqualTo("public, no-cache");
  }

  @Test
  public void shouldAnswerNotModifiedToWhoHasTheFile() throws Exception {
    HttpResponse<String> first = web.get(ALICE, "/web/mine/main.js");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[0-9a-f]{16}\"");
    HttpResponse<String> again =
        web.get(ALICE, "/web/mine/main.js", "If-None-Match", "\"other\", W/" + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(web.get(ALICE, "/web/mine/main.js", "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
    String list = web.get(ALICE, "/web/entries.json").headers().firstValue("ETag").orElseThrow();
    assertThat(web.get(ALICE, "/web/entries.json", "If-None-Match", list).statusCode())
        .isEqualTo(304);
  }

  @Test
  public void shouldCompressForWhoTakesIt() throws Exception {
    HttpResponse<byte[]> plain = web.bytes(ALICE, "/web/shell/shell.css", "Accept", "*/*");
    HttpResponse<byte[]> packed =
        web.bytes(ALICE, "/web/shell/shell.css", "Accept-Encoding", "br, gzip");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(packed.headers().firstValue("ETag"))
        .isNotEqualTo(plain.headers().firstValue("ETag"));
    assertThat(packed.body().length).isLessThan(plain.body().length / 2);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body());
    HttpResponse<byte[]> refused =
        web.bytes(ALICE, "/web/shell/shell.css", "Accept-Encoding", "gzip;q=0");
    assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  public void shouldNotLeadOutOfAnEntrysFolder() throws Exception {
    for (String path :
        new String[] {
          "/web/mine/..%2fcore/main.js",
          "/web/mine/%2e%2e/core/main.js",
          "/web/mine/..%5ccore%5cmain.js",
          "/web/mine/..%2f..%2findex.html",
          "/web/mine//main.js",
          "/web/mine/.hidden.js",
          "/web/mine/%2e%2e%2f%2e%2e%2fMETA-INF/MANIFEST.MF",
          "/web/mine/main.js%00.css",
          "/web/mine/main.class",
          "/web/mine/",
          "/web/mine",
          "/web/",
          "/web/MINE/main.js",
          "/web/shell/vendor/README.md",
          "/web/shell/../../META-INF/MANIFEST.MF"
        }) {
      HttpResponse<String> answer = web.get(ALICE, path);
      assertThat(answer.statusCode()).as(path).isGreaterThanOrEqualTo(400);
      assertThat(answer.body()).as(path).doesNotContain("the core entry");
    }
  }

  @Test
  public void shouldSayWhatAFileIs() throws Exception {
    assertThat(type("/web/shell/shell.js")).isEqualTo("text/javascript;charset=utf-8");
    assertThat(type("/web/shell/shell.css")).isEqualTo("text/css;charset=utf-8");
    assertThat(type("/web/shell/icon.svg")).isEqualTo("image/svg+xml");
    assertThat(type("/web/shell/vendor/wavesurfer.LICENSE.txt"))
        .isEqualTo("text/plain;charset=utf-8");
  }

  @Test
  public void shouldWriteTitlesAsJson() {
    assertThat(Json.text("a\"b\\c\n</script>")).isEqualTo("\"a\\\"b\\\\c\\u000a\\u003c/script>\"");
    assertThat(Json.text("ü♯").getBytes(StandardCharsets.UTF_8)).hasSize(7);
  }

  private String type(String path) throws Exception {
    return web.get(ALICE, path)
        .headers()
        .firstValue("Content-Type")
        .orElse("")
        .replace(" ", "")
        .toLowerCase(java.util.Locale.ROOT);
  }

  private static String cacheControl(HttpResponse<String> answer) {
    return answer.headers().firstValue("Cache-Control").orElse("");
  }
}
