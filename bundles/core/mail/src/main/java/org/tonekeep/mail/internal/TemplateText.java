package org.tonekeep.mail.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a template in one language, parsed.
 *
 * @param paragraphs in order, at least one
 */
public record TemplateText(String subject, List<Paragraph> paragraphs) {
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");
  private static final Pattern BUTTON = Pattern.compile("\\[([^\\[\\]]+)]\\(\\{([a-zA-Z0-9]+)}\\)");
  private static final Pattern ADDRESS = Pattern.compile("(?i)://|\\bwww\\.");
  private static final String SUBJECT = "Subject:";

  /** Names that every template has. */
  static final Set<String> ALWAYS = Set.of("site", "siteUrl");

  /**
   * A paragraph.
   *
   * @param words with placeholders
   * @param link name of the value that the words lead to; null for a plain paragraph
   */
  public record Paragraph(String words, @Nullable String link) {}

  /** Whether values of that name are addresses. */
  public static boolean isLink(String name) {
    return name.equals("link") || name.endsWith("Link");
  }

  /**
   * Parses a text and holds it against the template.
   *
   * @param names the values that the template has; all links among them must be used
   * @throws IllegalArgumentException saying what is wrong
   */
  public static TemplateText parse(String text, Collection<String> names) {
    String plain = text.replace("\r\n", "\n").replace("\uFEFF", "").strip();
    int end = plain.indexOf('\n');
    if (!plain.startsWith(SUBJECT) || end < 0) {
      throw new IllegalArgumentException("the first line must be 'Subject: …', then the text");
    }
    String subject = plain.substring(SUBJECT.length(), end).strip();
    List<Paragraph> paragraphs = new ArrayList<>();
    for (String block : plain.substring(end).strip().split("\n[ \t]*\n\\s*", -1)) {
      paragraphs.add(paragraph(block.replaceAll("\\s+", " ").strip()));
    }
    TemplateText parsed = new TemplateText(subject, List.copyOf(paragraphs));
    parsed.check(names);
    return parsed;
  }

  private static Paragraph paragraph(String block) {
    Matcher button = BUTTON.matcher(block);
    return button.matches()
        ? new Paragraph(button.group(1), button.group(2))
        : new Paragraph(block, null);
  }

  private void check(Collection<String> names) {
    if (subject.isEmpty() || paragraphs.get(0).words().isEmpty()) {
      throw new IllegalArgumentException("the subject or the text is empty");
    }
    Set<String> used = new TreeSet<>(places(subject));
    if (used.stream().anyMatch(n -> isLink(n) || n.equals("siteUrl"))) {
      throw new IllegalArgumentException("a subject has no links");
    }
    for (Paragraph paragraph : paragraphs) {
      used.addAll(places(paragraph.words()));
      if (paragraph.link() != null) {
        if (!isLink(paragraph.link()) && !paragraph.link().equals("siteUrl")) {
          throw new IllegalArgumentException("{" + paragraph.link() + "} is not a link");
        }
        if (places(paragraph.words()).stream().anyMatch(TemplateText::isLink)) {
          throw new IllegalArgumentException("the words of a button hold a link");
        }
        used.add(paragraph.link());
      }
    }
    for (String name : used) {
      if (!names.contains(name) && !ALWAYS.contains(name)) {
        throw new IllegalArgumentException("there is no value {" + name + "}");
      }
    }
    names.stream()
        .filter(name -> isLink(name) && !used.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("the link {" + name + "} is missing");
            });
  }

  /** Whether the text leads to the site itself or below it. */
  boolean hasLinks() {
    return paragraphs.stream()
        .anyMatch(
            p ->
                p.link() != null
                    || places(p.words()).stream().anyMatch(n -> isLink(n) || n.equals("siteUrl")));
  }

  private static Set<String> places(String words) {
    if (ADDRESS.matcher(words).find()) {
      throw new IllegalArgumentException("addresses are given by values, such as {siteUrl}");
    }
    Set<String> names = new TreeSet<>();
    PLACE.matcher(words).results().forEach(place -> names.add(place.group(1)));
    String rest = PLACE.matcher(words).replaceAll("");
    if (rest.contains("{") || rest.contains("}") || rest.contains("](")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a brace stands alone, or a button not on a paragraph of its own: %.40s",
              words));
    }
    return names;
  }

  /** Hands the literal parts and the values' names on, in order. */
  static void walk(String words, Parts parts) {
    Matcher place = PLACE.matcher(words);
    int from = 0;
    while (place.find()) {
      parts.literal(words.substring(from, place.start()));
      parts.value(place.group(1));
      from = place.end();
    }
    parts.literal(words.substring(from));
  }

  /** Is handed the parts of a text. */
  interface Parts {
    void literal(String text);

    void value(String name);
  }
}
