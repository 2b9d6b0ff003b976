package org.tonekeep.testing.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.Test;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.mail.api.MailTemplates;
import org.tonekeep.mail.internal.Rendering;
import org.tonekeep.mail.internal.TemplateText;

/**
 * What a bundle that sends mails promises of its templates: every text of every language is well
 * formed, uses the template's values and no others, and becomes a mail by the product's own
 * renderer.
 *
 * <pre>{@code
 * public final class AuthMailsTest extends MailTemplatesContract {
 *   @Override protected MailTemplates templates() { return new AuthMails(); }
 *   @Override protected String concern() { return "auth"; }
 * }
 * }</pre>
 */
public abstract class MailTemplatesContract {
  private static final String ROOT = "https://music.example/";
  private static final Pattern URL_IN_TEXT = Pattern.compile("\\bhttps?://[^\\s\"<]+");

  /** The service under test. */
  protected abstract MailTemplates templates();

  /** The name that its templates' ids begin with. */
  protected abstract String concern();

  /** Looks at a mail that was made with sample values; for wishes of the bundle's own. */
  protected void look(MailTemplate template, String lang, Rendering made) {}

  @Test
  public void shouldNameItsTemplatesAfterTheConcern() {
    assertThat(templates().templates())
        .isNotEmpty()
        .allSatisfy(t -> assertThat(t.id()).startsWith(concern() + "."))
        .extracting(MailTemplate::id)
        .doesNotHaveDuplicates();
  }

  @Test
  public void shouldHaveTheSameLanguagesForAll() {
    assertThat(templates().templates().stream().map(t -> t.texts().keySet()).distinct())
        .as("languages")
        .hasSize(1);
  }

  @Test
  public void shouldUseEveryValueInEnglish() throws IOException {
    for (MailTemplate template : templates().templates()) {
      String text = read(Objects.requireNonNull(template.texts().get("en")));
      assertThat(template.values())
          .as(template.id())
          .allSatisfy(name -> assertThat(text).contains("{" + name + "}"));
    }
  }

  @Test
  public void shouldBecomeAMailInEveryLanguage() throws IOException {
    for (MailTemplate template : templates().templates()) {
      for (Map.Entry<String, URL> text : template.texts().entrySet()) {
        Rendering made = rendering(template, text.getKey(), text.getValue());
        String what = template.id() + "." + text.getKey();
        assertThat(made.subject()).as(what).isNotBlank().hasSizeLessThanOrEqualTo(120);
        assertThat(made.text()).as(what).doesNotContain("{").doesNotContain("}");
        assertThat(URL_IN_TEXT.matcher(made.text() + made.html()).results())
            .as(what + ": only links of the site")
            .allSatisfy(found -> assertThat(found.group()).startsWith(ROOT));
        assertThat(made.html())
            .as(what + ": nothing that is fetched or run")
            .doesNotContainIgnoringCase("<img")
            .doesNotContainIgnoringCase("<script")
            .doesNotContainIgnoringCase("url(")
            .contains("<html lang=\"" + text.getKey() + "\">");
        look(template, text.getKey(), made);
      }
    }
  }

  private static Rendering rendering(MailTemplate template, String lang, URL text)
      throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String name : template.values()) {
      values.put(
          name, TemplateText.isLink(name) ? ROOT + name + "#t0ken" : "Zoë <" + name + "> & Söhne");
    }
    values.put("site", "Music & More");
    values.put("siteUrl", ROOT);
    try {
      return new Rendering(TemplateText.parse(read(text), template.values()), values, lang);
    } catch (IllegalArgumentException e) {
      return fail(template.id() + "." + lang + ": " + e.getMessage(), e);
    }
  }

  private static String read(URL text) throws IOException {
    try (InputStream in = text.openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
