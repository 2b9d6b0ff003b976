package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Which methods an address knows, and that nothing else than the method says which is meant. */
public class MethodsTest {
  @ClassRule public static final Face FACE = new Face();
  private static EchoResource echo;

  @BeforeClass
  public static void publish() {
    echo = FACE.publish("/api/echo", "", false, new EchoResource());
  }

  @Test
  public void shouldAnswerHeadAndOptions() {
    HttpResponse<String> head =
        FACE.send(FACE.to(Face.ALICE, "/api/echo").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    HttpResponse<String> options =
        FACE.send(FACE.to(Face.ALICE, "/api/echo").method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().firstValue("Allow")).get().asString().contains("DELETE");
    assertThat(options.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  public void shouldNotLetAQueryOrHeaderChangeTheMethod() {
    FACE.get(Face.ALICE, "/api/echo?_method=DELETE");
    FACE.send(FACE.to(Face.ALICE, "/api/echo").setHeader("X-HTTP-Method-Override", "DELETE"));
    assertThat(echo.deleted).isFalse();
    for (String query : new String[] {"_wadl", "wsdl", "_type=xml", "_ctype=xml", "_s=1"}) {
      HttpResponse<String> answer = FACE.get(Face.ALICE, "/api/echo?" + query);
      assertThat(answer.body()).as(query).contains("\"tenant\":\"alice\"");
    }
  }
}
