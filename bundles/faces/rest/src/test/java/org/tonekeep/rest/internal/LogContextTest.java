package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.AsyncContext;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import org.junit.ClassRule;
import org.junit.Test;
import org.slf4j.MDC;
import org.tonekeep.rest.api.HttpDoor;

public class LogContextTest {
  @ClassRule public static final Face FACE = new Face();
  private final Map<String, String> said = new ConcurrentHashMap<>();

  private void note(String where) {
    said.put(where, MDC.get("tenant") + " " + MDC.get("request"));
  }

  @Test
  public void shouldSayTenantAndRequestOnWhateverThread() {
    HttpDoor door =
        (who, path, request, response) -> {
          note("serve");
          said.put("expected", who.tenant() + " " + who.requestId());
          AsyncContext async = request.startAsync();
          ServletInputStream in = request.getInputStream();
          ServletOutputStream out = response.getOutputStream();
          in.setReadListener(
              new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                  note("read");
                  while (in.isReady() && in.read() >= 0) {}
                }

                @Override
                public void onAllDataRead() {
                  note("all read");
                  out.setWriteListener(
                      new WriteListener() {
                        @Override
                        public void onWritePossible() throws IOException {
                          note("write");
                          if (out.isReady()) {
                            out.write("done".getBytes(StandardCharsets.US_ASCII));
                            async.complete();
                          }
                        }

                        @Override
                        public void onError(Throwable failure) {
                          async.complete();
                        }
                      });
                }

                @Override
                public void onError(Throwable failure) {
                  async.complete();
                }
              });
        };
    FACE.open("/async", "", false, door);
    assertThat(
            FACE.send(FACE.to(Face.ALICE, "/async").POST(BodyPublishers.ofString("body"))).body())
        .isEqualTo("done");
    String expected = said.get("expected");
    assertThat(expected).matches("alice [0-9a-f]{16}");
    assertThat(said).containsKeys("serve", "read", "all read", "write");
    assertThat(said.values()).containsOnly(expected);
    FACE.close(door);
  }

  @Test
  public void shouldLeaveNothingBehindOnTheThread() {
    HttpDoor door = (who, path, request, response) -> response.setStatus(204);
    FACE.open("/plain", "", false, door);
    FACE.get(Face.ALICE, "/plain");
    HttpDoor peek = (who, path, request, response) -> note("peek");
    FACE.open("/peek", "", false, peek);
    FACE.get("127.0.0.1", "/t/bob/peek");
    assertThat(said.get("peek")).startsWith("bob ");
    FACE.close(door);
    FACE.close(peek);
  }
}
