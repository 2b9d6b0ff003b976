package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.Rule;
import org.junit.Test;

public final class OpeningTest {
  @Rule public final Face face = new Face();

  @Test
  public void shouldSayThatItStartsUntilEverythingWasThereOnce() {
    face.opened.set(false);

    HttpResponse<String> early = face.get(Face.ALICE, "/api/absent");

    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.body()).contains("urn:tonekeep:problem:starting");
    assertThat(early.headers().firstValue("Retry-After")).contains("2");
    assertThat(face.get(Face.ALICE, "/healthz").statusCode()).isEqualTo(200);

    face.opened.set(true);
    assertThat(face.get(Face.ALICE, "/api/absent").statusCode()).isEqualTo(404);

    face.opened.set(false);
    assertThat(face.get(Face.ALICE, "/api/absent").statusCode())
        .as("what goes later is not a start")
        .isEqualTo(404);
  }
}
