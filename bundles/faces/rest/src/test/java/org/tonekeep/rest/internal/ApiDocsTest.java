package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.tonekeep.rest.api.RestResource;

public class ApiDocsTest {
  @Rule public final Face face = new Face();
  private EchoResource echo;

  /** Another schema of the same name as the echo's. */
  @Path("/")
  @Produces("application/json")
  public static final class OtherResource implements RestResource {
    /** The other one. */
    public record Inner(String text, List<Inner> more) {}

    @GET
    @Operation(summary = "The other")
    public Inner get() {
      return new Inner("", List.of());
    }
  }

  @Before
  public void publish() {
    echo = face.publish("/api/echo", "", false, new EchoResource());
  }

  @After
  public void unpublish() {
    face.unpublish(echo);
  }

  private JsonNode document(String host, String root) throws IOException {
    HttpResponse<String> answer = face.get(host, root + "/api/openapi.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    return Json.MAPPER.readTree(answer.body());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  public void shouldDescribeWhatIsThereForTheTenant() throws IOException {
    JsonNode api = document(Face.ALICE, "");
    assertThat(api.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(api.at("/info/title").asText()).isEqualTo("Site of <alice>");
    assertThat(api.at("/servers/0/url").asText()).isEqualTo("/");
    assertThat(names(api.path("paths")))
        .contains("/api/echo", "/api/echo/items/{number}", "/api/echo/events");
    assertThat(api.at("/paths/~1api~1echo/get/summary").asText()).isEqualTo("Say who asks");
    assertThat(api.at("/paths/~1api~1echo/get/operationId").asText()).isEqualTo("echo.who");
    assertThat(api.at("/components/securitySchemes/session/name").asText()).isEqualTo("sid");
    assertThat(document("127.0.0.1", "/t/bob").at("/servers/0/url").asText()).isEqualTo("/t/bob");
    assertThat(document("127.0.0.1", "/t/bob").at("/info/title").asText()).contains("bob");
  }

  @Test
  public void shouldTellProblemsForEveryOperation() throws IOException {
    JsonNode api = document(Face.ALICE, "");
    Set<String> ids = new HashSet<>();
    for (JsonNode path : api.path("paths")) {
      for (JsonNode operation : path) {
        assertThat(operation.at("/responses/default/$ref").asText())
            .isEqualTo("#/components/responses/Problem");
        assertThat(ids.add(operation.path("operationId").asText())).isTrue();
      }
    }
    JsonNode content = api.at("/components/responses/Problem/content");
    assertThat(names(content)).containsExactly("application/problem+json");
    assertThat(names(api.at("/components/schemas/ProblemDocument/properties")))
        .contains("type", "title", "status", "detail", "instance", "errors", "feature", "promise");
  }

  @Test
  public void shouldNotTakeWhatTheServerInjectsForInput() throws IOException {
    JsonNode api = document(Face.ALICE, "");
    assertThat(api.at("/paths/~1api~1echo/get").has("parameters")).isFalse();
    assertThat(api.at("/paths/~1api~1echo/get").has("requestBody")).isFalse();
    assertThat(api.at("/paths/~1api~1echo~1bytes/put").has("requestBody")).isFalse();
    assertThat(api.at("/paths/~1api~1echo~1events/get").has("parameters")).isFalse();
    assertThat(api.at("/paths/~1api~1echo~1suspended/get").has("requestBody")).isFalse();
    assertThat(names(api.at("/components/schemas")))
        .contains("Body", "Echo", "Inner")
        .doesNotContain("Who", "HttpServletRequest", "SseEventSink", "TenantId");
    assertThat(names(api.at("/paths/~1api~1echo~1events/get/responses/2XX/content")))
        .containsExactly("text/event-stream");
  }

  @Test
  public void shouldDescribeTypesAsTheyAreWritten() throws IOException {
    JsonNode fields = document(Face.ALICE, "").at("/components/schemas/Body/properties");
    assertThat(fields.at("/at/format").asText()).isEqualTo("date-time");
    assertThat(fields.at("/length/type").asText()).isEqualTo("string");
    assertThat(fields.at("/length/format").asText()).isEqualTo("duration");
    assertThat(fields.at("/count/type").asText()).isEqualTo("integer");
    assertThat(fields.at("/inners/items/$ref").asText()).isEqualTo("#/components/schemas/Inner");
    assertThat(fields.path("size").toString()).contains("SMALL", "LARGE");
  }

  @Test
  public void shouldKeepSchemasOfTheSameNameApart() throws IOException {
    OtherResource other = face.publish("/api/other/x", "", false, new OtherResource());
    JsonNode api = document(Face.ALICE, "");
    String reference =
        api.at("/paths/~1api~1other~1x/get/responses/200/content/application~1json/schema/$ref")
            .asText();
    assertThat(reference).isEqualTo("#/components/schemas/other-x.Inner");
    JsonNode schema = api.at("/components/schemas/other-x.Inner");
    assertThat(names(schema.path("properties"))).containsExactlyInAnyOrder("text", "more");
    assertThat(schema.at("/properties/more/items/$ref").asText()).isEqualTo(reference);
    assertThat(names(api.at("/components/schemas/Inner/properties")))
        .containsExactlyInAnyOrder("number", "flag");
    face.unpublish(other);
    assertThat(names(document(Face.ALICE, "").path("paths"))).noneMatch(p -> p.contains("other"));
  }

  @Test
  public void shouldLeaveOutWhatIsOff() throws IOException {
    face.publish("/api/switched", "switch", false, new OtherResource());
    assertThat(names(document(Face.ALICE, "").path("paths"))).doesNotContain("/api/switched");
    face.on.add("switch");
    assertThat(names(document(Face.ALICE, "").path("paths"))).contains("/api/switched");
  }

  @Test
  public void shouldSendItAgainOnlyWhenItChanged() {
    HttpResponse<String> first = face.get(Face.ALICE, "/api/openapi.json");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        face.send(face.to(Face.ALICE, "/api/openapi.json").setHeader("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    face.publish("/api/more", "", false, new OtherResource());
    HttpResponse<String> changed =
        face.send(face.to(Face.ALICE, "/api/openapi.json").setHeader("If-None-Match", tag));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).isPresent().isNotEqualTo(tag);
    assertThat(face.get(Face.BOB, "/api/openapi.json").headers().firstValue("ETag"))
        .isNotEqualTo(changed.headers().firstValue("ETag"));
  }

  @Test
  public void shouldOnlyBeRead() {
    for (String path : List.of("/api/openapi.json", "/api/docs")) {
      HttpResponse<String> answer =
          face.send(face.to(Face.ALICE, path).POST(BodyPublishers.ofString("x")));
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  public void shouldServeThePageOnTheTenantsOwnHostOnly() {
    HttpResponse<String> page = face.get(Face.ALICE, "/api/docs");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.body()).contains("Site of &lt;alice&gt;").doesNotContain("{{", "<alice>");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(face.get(Face.ALICE, "/api/docs/docs.js").headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("text/javascript");
    assertThat(face.get(Face.ALICE, "/api/docs/docs.css").statusCode()).isEqualTo(200);
    assertThat(face.get(Face.ALICE, "/api/docs/index.html").statusCode()).isEqualTo(404);
    assertThat(face.get(Face.ALICE, "/api/docsx").statusCode()).isEqualTo(404);
    for (String path : List.of("", "/docs.js", "/docs.css")) {
      assertThat(face.get(Face.ALICE, "/t/alice/api/docs" + path).statusCode()).isEqualTo(404);
    }
  }
}
