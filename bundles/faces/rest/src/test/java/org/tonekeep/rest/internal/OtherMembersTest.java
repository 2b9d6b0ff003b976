package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class OtherMembersTest {
  @Rule public final Face face = new Face();

  @Before
  public void publish() {
    EchoResource unused = face.publish("/api/echo", "", false, new EchoResource());
  }

  private HttpResponse<String> post(String path, String body) {
    return face.send(
        face.to(Face.ALICE, path)
            .setHeader("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  public void shouldTakeOtherMembersOnlyWhereAStandardOwnsTheForm() {
    String body = "{\"more\":{\"a\":1},\"text\":\"b\"}";
    HttpResponse<String> open = post("/api/echo/open", body);
    assertThat(open.statusCode()).as(open.body()).isEqualTo(200);
    assertThat(open.body()).contains("\"b\"");
    HttpResponse<String> closed = post("/api/echo", body);
    assertThat(closed.statusCode()).isEqualTo(422);
    assertThat(closed.body()).contains("\"pointer\":\"/more\"");
  }

  @Test
  public void shouldFollowNobodyIntoTheDepth() {
    String deep = "{\"more\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    HttpResponse<String> refused = post("/api/echo/open", deep);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("malformed-json");
  }

  @Test
  public void shouldRefuseHalfACharacter() {
    for (String text : new String[] {"half \\ud800 of one", "\\udc00\\ud800", "\\ud83c"}) {
      HttpResponse<String> refused = post("/api/echo", "{\"text\":\"" + text + "\"}");
      assertThat(refused.statusCode()).as(text).isEqualTo(422);
      assertThat(refused.body()).contains("\"pointer\":\"/text\"", "expected a text");
    }
    assertThat(post("/api/echo", "{\"text\":\"\\ud83c\\udfb5\"}").statusCode()).isEqualTo(200);
  }
}
