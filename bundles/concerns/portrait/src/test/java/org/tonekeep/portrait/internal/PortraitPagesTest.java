package org.tonekeep.portrait.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public final class PortraitPagesTest {
  private final PortraitPages pages = new PortraitPages();

  @Test
  public void shouldServeFilesOfItsFolder() {
    assertThat(pages.resource("portrait.js")).isPresent();
    assertThat(pages.resource("probe/absent.txt")).isEmpty();
  }

  @Test
  public void shouldServeNothingElse() {
    for (String name :
        List.of(
            "",
            "/",
            "..",
            "../META-INF/persistence.xml",
            "probe/../probe/one.txt",
            "probe//one.txt",
            "/probe/one.txt",
            "./probe/one.txt",
            "probe/",
            "probe\\one.txt",
            "probe/one.txt\u0000",
            ".hidden",
            "probe/%2e%2e/one.txt")) {
      assertThat(pages.resource(name)).as(name).isEmpty();
    }
  }
}
