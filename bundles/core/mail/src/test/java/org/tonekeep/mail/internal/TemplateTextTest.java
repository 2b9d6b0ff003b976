package org.tonekeep.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;

public final class TemplateTextTest {
  private static final List<String> NAMES = List.of("name", "link");

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> TemplateText.parse(text, NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  public void shouldReadSubjectParagraphsAndButtons() {
    TemplateText text =
        TemplateText.parse(
            "\uFEFFSubject: Hello {name}\r\n\r\nOne\r\nline.\r\n \r\n[Go {name}]({link})\r\n",
            NAMES);
    assertThat(text.subject()).isEqualTo("Hello {name}");
    assertThat(text.paragraphs())
        .containsExactly(
            new TemplateText.Paragraph("One line.", null),
            new TemplateText.Paragraph("Go {name}", "link"));
  }

  @Test
  public void shouldSayWhatIsWrong() {
    refused("Hello\n\nText", "first line");
    refused("Subject: x", "first line");
    refused("Subject:\n\nText {link}", "empty");
    refused("Subject: x\n\nText {unknown} {link}", "{unknown}");
    refused("Subject: x\n\nText", "{link}");
    refused("Subject: x {link}\n\nText", "subject");
    refused("Subject: x\n\nText { {link}", "brace");
    refused("Subject: x\n\nText [a]({link}) more", "brace");
    refused("Subject: x\n\n[a]({name})\n\n{link}", "not a link");
    refused("Subject: x\n\nSee https://evil.example\n\n{link}", "addresses");
    refused("Subject: x\n\nSee www.evil.example\n\n{link}", "addresses");
  }
}
