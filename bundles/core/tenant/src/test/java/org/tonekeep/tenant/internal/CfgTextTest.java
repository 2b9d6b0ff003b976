package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.Test;

public class CfgTextTest {
  private static final String RICH =
      String.join(
          "\r\n",
          "\uFEFF# a comment with features = none",
          "",
          "! another",
          "title: Die T\u00f6ne \\u00e4hm \\\\ \\t|",
          "features =auth,  \\",
          "           analysis",
          "  hosts   a.example",
          "# an end \\",
          "key\\ with\\=odd = x = y:z  ",
          "empty",
          "last = no end of line");

  @Test
  public void shouldReadWhatJavaPropertiesRead() throws IOException {
    Properties expected = new Properties();
    expected.load(new StringReader(RICH.substring(1)));
    Map<String, String> trimmed = new HashMap<>();
    expected.forEach((k, v) -> trimmed.put((String) k, ((String) v).strip()));

    Map<String, String> read = new HashMap<>();
    new CfgText(RICH).entries().forEach(e -> read.put(e.key(), e.value()));

    assertThat(read).isEqualTo(trimmed).hasSize(6);
    assertThat(read).containsEntry("features", "auth,  analysis");
  }

  @Test
  public void shouldTellTheLineOfAnEntry() {
    assertThat(new CfgText(RICH).entries())
        .extracting(CfgText.Entry::key, CfgText.Entry::line)
        .contains(
            org.assertj.core.groups.Tuple.tuple("title", 4),
            org.assertj.core.groups.Tuple.tuple("hosts", 7),
            org.assertj.core.groups.Tuple.tuple("last", 11));
  }

  @Test
  public void shouldChangeOneEntryAndKeepEveryOtherCharacter() {
    String edited = new CfgText(RICH).withList("hosts", List.of("b.example", "c.example"));

    assertThat(edited).isEqualTo(RICH.replace("   a.example", "   b.example, c.example"));
  }

  @Test
  public void shouldKeepAListOverSeveralLines() {
    String edited =
        new CfgText(RICH).withList("features", List.of("auth", "analysis", "retention"));

    assertThat(edited)
        .isEqualTo(
            RICH.replace(
                "=auth,  \\\r\n           analysis",
                "=auth, \\\r\n           analysis, \\\r\n           retention"));
    assertThat(new CfgText(edited).value("features")).hasValue("auth, analysis, retention");
  }

  @Test
  public void shouldKeepAListThatBeginsOnTheNextLine() {
    String text = "features = \\\n  auth, \\\n  analysis\nhosts = x\n";

    String edited = new CfgText(text).withList("features", List.of("auth"));

    assertThat(edited).isEqualTo("features = \\\n  auth\nhosts = x\n");
  }

  @Test
  public void shouldEmptyAListAndFillItAgain() {
    String empty = new CfgText("features = auth\nhosts = x\n").withList("features", List.of());

    assertThat(empty).isEqualTo("features = \nhosts = x\n");
    assertThat(new CfgText(empty).withList("features", List.of("auth")))
        .isEqualTo("features = auth\nhosts = x\n");
  }

  @Test
  public void shouldGiveAValueToAKeyThatStandsAlone() {
    assertThat(new CfgText("features\nhosts = x").withList("features", List.of("auth")))
        .isEqualTo("features = auth\nhosts = x");
  }

  @Test
  public void shouldAddAMissingEntryAtTheEnd() {
    assertThat(new CfgText("# c\r\nhosts = x").withList("features", List.of("auth")))
        .isEqualTo("# c\r\nhosts = x\r\nfeatures = auth\r\n");
    assertThat(new CfgText("").withList("features", List.of("auth")))
        .isEqualTo("features = auth\n");
  }

  @Test
  public void shouldRefuseAMalformedEscapeWithItsLine() {
    assertThatThrownBy(() -> new CfgText("# x\ntitle = \\u12"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("four hexadecimal digits");
  }

  @Test
  public void shouldReadATextThatEndsInABackslash() {
    assertThat(new CfgText("title = x\\").value("title")).hasValue("x");
  }

  @Test
  public void shouldNotTakeACommentForAnEntry() {
    assertThat(new CfgText("# features = a\n  ! features = b\n").entries()).isEmpty();
  }
}
