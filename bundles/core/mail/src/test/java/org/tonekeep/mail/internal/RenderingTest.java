package org.tonekeep.mail.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

public final class RenderingTest {
  private static final String LINK = "https://alice.example/confirm?a=1&b=2#t";

  private static Rendering rendering(String text, String name) {
    return new Rendering(
        TemplateText.parse(text, List.of("name", "link")),
        Map.of(
            "name",
            name,
            "link",
            LINK,
            "site",
            "Alice & Söhne",
            "siteUrl",
            "https://alice.example/"),
        "de");
  }

  private static Document parsed(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(html.getBytes(UTF_8)));
  }

  @Test
  public void shouldSayTheSameInBothBodies() throws Exception {
    Rendering made =
        rendering("Subject: Hi {name}\n\nFrom {site}: {link}\n\n[Do it]({link})\n", "Zoë");
    assertThat(made.subject()).isEqualTo("Hi Zoë");
    assertThat(made.text()).isEqualTo("From Alice & Söhne: " + LINK + "\n\nDo it:\n" + LINK + "\n");
    Document html = parsed(made.html());
    assertThat(html.getDocumentElement().getAttribute("lang")).isEqualTo("de");
    assertThat(html.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Hi Zoë");
    assertThat(html.getElementsByTagName("a").getLength()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      assertThat(((Element) html.getElementsByTagName("a").item(i)).getAttribute("href"))
          .isEqualTo(LINK);
    }
  }

  @Test
  public void shouldFetchNothingAndRunNothing() throws Exception {
    Document html =
        parsed(
            rendering(
                    "Subject: x\n\n{name}\n\n[y]({link})",
                    "<img src=x onerror=alert(1)><script>1</script>\"'&{site}")
                .html());
    for (String tag : List.of("img", "script", "link", "iframe", "object", "form", "picture")) {
      assertThat(html.getElementsByTagName(tag).getLength()).as(tag).isZero();
    }
    assertThat(html.getElementsByTagName("p").item(0).getTextContent().replace('\n', ' '))
        .contains("<img src=x onerror=alert(1)>")
        .contains("{site}");
    assertThat(html.getElementsByTagName("style").item(0).getTextContent())
        .doesNotContain("url(")
        .doesNotContain("@import");
  }

  @Test
  public void shouldKeepAStrangersNameFromBreakingLinesOrBecomingALink() {
    Rendering made =
        rendering(
            "Subject: Hi {name}\n\n{name}\n\n{link}",
            "Ann\r\nBcc: x@y.example\r\n\r\n https://evil.example/x \u202Ewww.evil.example");
    assertThat(made.subject()).doesNotContain("\r").doesNotContain("\n");
    assertThat(made.text())
        .doesNotContain("://evil")
        .doesNotContain("www.evil")
        .doesNotContain("\u202E");
    Rendering dots = rendering("Subject: x\n\n{name}\n\n{link}", "go to evil.example now");
    assertThat(dots.text()).doesNotContain("evil.example").contains("evil\u2024example");
    Rendering long_ = rendering("Subject: x\n\n{name}\n\n{link}", "x".repeat(5_000));
    assertThat(long_.text()).hasSizeLessThan(400);
  }

  @Test
  public void shouldKeepAnEmailAddressAndLineLengths() {
    Rendering made =
        rendering(
            "Subject: x\n\n" + "many words ".repeat(40) + "{name}\n\n{link}", "new@b.example");
    assertThat(made.text()).contains("new@b.example");
    assertThat(made.text().lines()).allMatch(line -> line.length() <= 76);
  }
}
