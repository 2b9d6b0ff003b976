package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.ws.rs.NotAuthorizedException;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Response;
import org.apache.cxf.interceptor.Fault;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.QuotaExceededException.What;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.StorageUnavailableException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.UnknownTenantException;

public class ProblemDocumentsTest {
  private static final String UNKNOWN = "unknown here; leave it out";

  @ClassRule public static final Face FACE = new Face();
  private static EchoResource echo;

  @Before
  public void publish() {
    if (echo == null) {
      echo = FACE.publish("/api/echo", "", false, new EchoResource());
      FACE.open("/throw", "", false, throwing());
    }
  }

  private static HttpDoor throwing() {
    return (who, path, request, response) -> {
      if (echo.thrown instanceof IOException e) {
        throw e;
      }
      if (echo.thrown instanceof Error e) {
        throw e;
      }
      throw (RuntimeException) echo.thrown;
    };
  }

  private static JsonNode assertProblem(HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-store");
    JsonNode problem = Json.MAPPER.readTree(answer.body());
    assertThat(problem.path("type").asText()).isEqualTo("urn:tonekeep:problem:" + code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
    assertThat(answer.headers().firstValue("Date")).isPresent();
    assertThat(problem.path("instance").asText()).matches("urn:tonekeep:request:[0-9a-f]{16}");
    return problem;
  }

  /** Thrown by a resource and by a door alike. */
  private static JsonNode assertThrown(Throwable thrown, int status, String code)
      throws IOException {
    echo.thrown = thrown;
    JsonNode byDoor = assertProblem(FACE.get(Face.ALICE, "/throw"), status, code);
    JsonNode byResource = assertProblem(FACE.get(Face.ALICE, "/api/echo/throw"), status, code);
    assertThat(byResource.path("detail")).isEqualTo(byDoor.path("detail"));
    return byResource;
  }

  @Test
  public void shouldMapEveryExceptionOfTheApi() throws IOException {
    assertThrown(ProblemException.of(418, "teapot", "A pot", "Short and stout"), 418, "teapot");
    assertThrown(ProblemException.notFound(), 404, "not-found");
    assertThat(assertThrown(new FeatureOffException("x"), 404, "feature-off").path("feature"))
        .hasToString("\"x\"");
    assertThat(
            assertThrown(new PromiseUnkeptException("p", "f"), 503, "promise-unkept")
                .path("promise"))
        .hasToString("\"p\"");
    assertThrown(new AdapterMissingException("storage.adapter=s3"), 503, "adapter-missing");
    assertThrown(new UnknownTenantException(), 404, "unknown-tenant");
    assertThrown(new UnsupportedAudioException("no sound in it"), 415, "unsupported-audio");
    assertThrown(new TooLargeException(7), 413, "too-large");
    assertThrown(new QuotaExceededException(What.BYTES, 8, 9), 507, "quota-exceeded");
    assertThrown(new EmailTakenException(), 409, "email-taken");
    assertThrown(new UsernameTakenException(), 409, "username-taken");
    assertThat(
            assertThrown(
                    new InvalidProfileException(
                        List.of(new InvalidProfileException.Wrong("/socials/x", "no link"))),
                    422,
                    "invalid")
                .at("/errors/0/pointer")
                .asText())
        .isEqualTo("/socials/x");
    assertThrown(new StorageFullException(), 507, "storage-full");
    assertThrown(
        new StorageUnavailableException("mounted read-only", new IOException("no")),
        503,
        "storage-unavailable");
  }

  @Test
  public void shouldCarryHeadersAndFieldErrors() throws IOException {
    echo.thrown =
        ProblemException.invalid(new ProblemException.FieldError("/email", "no address"))
            .withHeader("Retry-After", "7");
    HttpResponse<String> answer = FACE.get(Face.ALICE, "/api/echo/throw");
    JsonNode problem = assertProblem(answer, 422, "invalid");
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/email");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
  }

  @Test
  public void shouldLookIntoWhatFrameworksWrapAround() throws IOException {
    assertThrown(new Fault(new TooLargeException(1)), 413, "too-large");
    assertThrown(new UncheckedIOException(new StorageFullException()), 507, "storage-full");
    assertThrown(new CompletionException(new Fault(ProblemException.notFound())), 404, "not-found");
  }

  @Test
  public void shouldAskToTryAgainWhileTheDatabaseIsAway() throws IOException {
    for (SQLException cause :
        new SQLException[] {
          new SQLTransientConnectionException("secret"),
          new SQLNonTransientConnectionException("secret", "08003"),
          new SQLException("secret", "57P01"),
          new SQLException("secret", "XSLA1")
        }) {
      Throwable thrown = new IllegalStateException("secret", new IllegalStateException(cause));
      assertThat(assertThrown(thrown, 503, "database-away").toString()).doesNotContain("secret");
    }
    HttpResponse<String> answer = FACE.get(Face.ALICE, "/api/echo/throw");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  public void shouldSayThatThereIsNoRoomInTheDatabase() throws IOException {
    IOException full = new IOException("No space left on device");
    SQLException derby = new SQLException("secret", "XSDA0", full);
    assertThrown(new IllegalStateException(derby), 507, "storage-full");
    assertThrown(new IllegalStateException(full), 507, "storage-full");
    assertThrown(
        new IllegalStateException(new SQLException("secret", "53100")), 507, "storage-full");
    assertThrown(new IllegalStateException(new SQLException("x", "23505")), 500, "unexpected");
  }

  @Test
  public void shouldSayNothingOfUnexpectedErrors() throws IOException {
    for (Throwable thrown :
        new Throwable[] {
          new IllegalStateException("secret", ProblemException.notFound()),
          new IOException("secret"),
          new NoClassDefFoundError("secret"),
          new StackOverflowError("secret"),
          new WebApplicationException(new IllegalStateException("secret"))
        }) {
      assertThat(assertThrown(thrown, 500, "unexpected").toString()).doesNotContain("secret");
    }
  }

  @Test
  public void shouldMapJaxRsExceptionsOfResources() throws IOException {
    assertThrown(new NotAuthorizedException("Bearer"), 401, "http-401");
    assertThrown(new WebApplicationException(Response.status(503).build()), 503, "not-now");
    HttpResponse<String> moved = FACE.get(Face.ALICE, "/api/echo/moved");
    assertThat(moved.statusCode()).isEqualTo(303);
    assertThat(moved.headers().firstValue("Location")).get().asString().endsWith("/api/elsewhere");
  }

  @Test
  public void shouldAnswerAProblemWhenTheAnswerCannotBeWritten() throws IOException {
    HttpResponse<String> answer = FACE.get(Face.ALICE, "/api/echo/unwritable");
    assertThat(assertProblem(answer, 500, "unexpected").toString()).doesNotContain("secret");
  }

  @Test
  public void shouldBreakOffAnAnswerThatHadBegun() {
    assertThatThrownBy(() -> FACE.get(Face.ALICE, "/api/echo/half"))
        .isInstanceOf(UncheckedIOException.class);
    HttpDoor half =
        (who, path, request, response) -> {
          response.getOutputStream().write(1);
          response.flushBuffer();
          throw new IllegalStateException("in the middle");
        };
    FACE.open("/half", "", false, half);
    assertThatThrownBy(() -> FACE.get(Face.ALICE, "/half"))
        .isInstanceOf(UncheckedIOException.class);
    FACE.close(half);
  }

  @Test
  public void shouldThrowAwayWhatWasWrittenBeforeAnError() throws IOException {
    HttpDoor late =
        (who, path, request, response) -> {
          response.setHeader("Set-Cookie", "a=b");
          response.setHeader("Content-Encoding", "gzip");
          response.getWriter().print("half");
          throw ProblemException.notFound();
        };
    FACE.open("/late", "", false, late);
    HttpResponse<String> answer = FACE.get(Face.ALICE, "/late");
    assertProblem(answer, 404, "not-found");
    assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "content-encoding");
    FACE.close(late);
  }

  @Test
  public void shouldEndAnAsynchronousRequestThatFailsAtOnce() throws IOException {
    HttpDoor asynchronous =
        (who, path, request, response) -> {
          request.startAsync().setTimeout(0);
          throw ProblemException.notFound();
        };
    FACE.open("/async", "", false, asynchronous);
    assertProblem(FACE.get(Face.ALICE, "/async"), 404, "not-found");
    FACE.close(asynchronous);
  }

  private static HttpResponse<String> post(String type, String body) {
    return FACE.send(
        FACE.to(Face.ALICE, "/api/echo")
            .setHeader("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  public void shouldTellMalformedFromInvalidJson() throws IOException {
    for (String body :
        new String[] {
          "{",
          "{\"text\":}",
          "{'text':1}",
          "{\"text\":\"a\",\"text\":\"b\"}",
          "{\"text\":\"a\",\"t\\u0065xt\":\"b\"}",
          "{\"inners\":[{\"number\":1,\"number\":2}]}",
          "{\"count\":NaN}",
          "{\"count\":01}",
          "{\"text\":\"a\",}",
          "/**/{}",
          "{\"count\":" + "9".repeat(1000) + "}",
          "{\"" + "x".repeat(1000) + "\":1}",
          "\u0001"
        }) {
      assertProblem(post("application/json", body), 400, "malformed-json");
    }
    String[][] wrong = {
      {"{\"text\":5}", "/text", "expected a text"},
      {"{\"text\":true}", "/text", "expected a text"},
      {"{\"text\":{}}", "/text", "expected a text"},
      {"{\"count\":\"5\"}", "/count", "expected a number in range"},
      {"{\"count\":1.5}", "/count", "expected a number in range"},
      {"{\"count\":99999999999}", "/count", "expected a number in range"},
      {"{\"size\":\"HUGE\"}", "/size", "expected one of SMALL, LARGE"},
      {"{\"size\":0}", "/size", "expected one of SMALL, LARGE"},
      {"{\"at\":\"yesterday\"}", "/at", "expected a time such as 2026-01-31T12:00:00Z"},
      {"{\"length\":\"long\"}", "/length", "expected a duration such as PT60M"},
      {"{\"inners\":{}}", "/inners", "expected a list"},
      {
        "{\"inners\":[{\"number\":1},{\"number\":null}]}",
        "/inners/1/number",
        "expected a number in range"
      },
      {"{\"inners\":[{\"number\":1,\"flag\":\"no\"}]}", "/inners/0/flag", "expected true or false"},
      {"[]", "", "expected an object"},
      {"\"\"", "", "expected an object"},
      {"{\"text\":\"a\",\"tenantId\":\"bob\"}", "/tenantId", UNKNOWN},
      {"{\"Text\":\"a\"}", "/Text", UNKNOWN},
      {"{\"role\":{\"a\":[1]},\"text\":\"a\"}", "/role", UNKNOWN},
      {"{\"inners\":[{\"number\":1,\"xp/~\":null}]}", "/inners/0/xp~1~0", UNKNOWN},
      {"{\"count\":\"\"}", "/count", "expected a number in range"},
      {"{\"count\":true}", "/count", "expected a number in range"},
      {"{\"count\":[5]}", "/count", "expected a number in range"},
      {"{\"text\":[\"a\"]}", "/text", "expected a text"},
      {"{\"size\":\"\"}", "/size", "expected one of SMALL, LARGE"},
      {"{\"size\":\"small\"}", "/size", "expected one of SMALL, LARGE"},
      {"{\"at\":1767225600}", "/at", "expected a time such as 2026-01-31T12:00:00Z"},
      {"{\"at\":\"1767225600\"}", "/at", "expected a time such as 2026-01-31T12:00:00Z"},
      {"{\"at\":\"\"}", "/at", "expected a time such as 2026-01-31T12:00:00Z"},
      {"{\"length\":60}", "/length", "expected a duration such as PT60M"},
      {"{\"inners\":[{\"number\":1,\"flag\":1}]}", "/inners/0/flag", "expected true or false"},
      {"{\"inners\":{\"number\":1}}", "/inners", "expected a list"},
      {"{} {}", "", "expected an object"},
    };
    for (String[] each : wrong) {
      JsonNode problem = assertProblem(post("application/json", each[0]), 422, "invalid");
      assertThat(problem.at("/errors/0/pointer").asText()).as(each[0]).isEqualTo(each[1]);
      assertThat(problem.at("/errors/0/detail").asText()).as(each[0]).isEqualTo(each[2]);
    }
    byte[] notUtf8 = "{\"text\":\"é\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertProblem(
        FACE.send(
            FACE.to(Face.ALICE, "/api/echo")
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(notUtf8))),
        400,
        "malformed-json");
  }

  @Test
  public void shouldReadGoodJsonAndHandAnEmptyBodyAsNone() {
    assertThat(post("application/json", "{\"text\":\"é\"}").body()).contains("\"é\"");
    assertThat(post("application/json; charset=UTF-8", "{\"text\":\"a\"}").body())
        .contains("\"a\"");
    assertThat(post("application/json", "").body()).contains("nothing");
    assertThat(FACE.send(FACE.to(Face.ALICE, "/api/echo").POST(BodyPublishers.noBody())).body())
        .contains("nothing");
  }

  @Test
  public void shouldTakeNoOtherMediaTypeThanTheResourceNames() throws IOException {
    assertProblem(post("text/plain", "{}"), 415, "unsupported-media-type");
    assertProblem(post("application/json;charset=nope", "{}"), 415, "unsupported-media-type");
    assertProblem(post("application/json;charset=\"!\"", "{}"), 415, "unsupported-media-type");
    assertProblem(
        FACE.send(
            FACE.to(Face.ALICE, "/api/echo?_ctype=json")
                .setHeader("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))),
        415,
        "unsupported-media-type");
    assertProblem(
        post("application/x-www-form-urlencoded", "text=a"), 415, "unsupported-media-type");
    assertProblem(
        FACE.send(FACE.to(Face.ALICE, "/api/echo").POST(BodyPublishers.ofString("{}"))),
        415,
        "unsupported-media-type");
  }

  @Test
  public void shouldAnswer406ForAFormThatIsNotThere() throws IOException {
    assertProblem(
        FACE.send(FACE.to(Face.ALICE, "/api/echo").setHeader("Accept", "text/html")),
        406,
        "not-acceptable");
  }

  @Test
  public void shouldNameTheMethodsThatAreAllowed() throws IOException {
    for (String method : new String[] {"PUT", "PATCH", "PROPFIND"}) {
      HttpResponse<String> answer =
          FACE.send(FACE.to(Face.ALICE, "/api/echo").method(method, BodyPublishers.noBody()));
      assertProblem(answer, 405, "method-not-allowed");
      assertThat(answer.headers().firstValue("Allow")).get().asString().contains("GET", "POST");
    }
    HttpResponse<String> trace =
        FACE.send(FACE.to(Face.ALICE, "/api/echo").method("TRACE", BodyPublishers.noBody()));
    assertProblem(trace, 405, "method-not-allowed");
    assertThat(trace.headers().map()).containsKey("allow");
  }

  @Test
  public void shouldNameAWrongParameterAndHideAWrongPath() throws IOException {
    for (String query : List.of("limit=many", "limit=1.5", "limit=99999999999", "limit=%20")) {
      JsonNode problem =
          assertProblem(FACE.get(Face.ALICE, "/api/echo/items/1?" + query), 422, "invalid");
      assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/limit");
    }
    assertProblem(FACE.get(Face.ALICE, "/api/echo/named/x?at=now"), 422, "invalid");
    assertProblem(FACE.get(Face.ALICE, "/api/echo/moved?here=1"), 422, "invalid");
    assertProblem(FACE.get(Face.ALICE, "/api/echo/items/one"), 404, "not-found");
    String one = FACE.get(Face.ALICE, "/api/echo/items/1").body();
    assertThat(one).isEqualTo("{\"number\":1,\"flag\":false}");
    assertThat(FACE.get(Face.ALICE, "/api/echo/items/1?limit=3").body()).contains("true");
  }

  @Test
  public void shouldWriteUtf8() {
    assertThat(FACE.get(Face.ALICE, "/api/echo/named/%E2%82%AC").body()).contains("€");
  }
}
