package org.tonekeep.mail.internal;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tonekeep.mail.internal.TemplateText.Paragraph;

/**
 * A text with its values, as subject, plain body and HTML body. Both bodies say the same. A value
 * is put in once and never looked at for placeholders; what could break a line, turn the direction
 * of writing or become a link in the reader's program is taken out of it, because a stranger may
 * have chosen it (a name at sign-up) to be mailed to somebody else.
 */
public final class Rendering {
  private static final int COLUMNS = 76;
  private static final int MOST_VALUE = 300;
  private static final int MOST_SUBJECT = 200;
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\s]+");
  private static final Pattern UNSEEN =
      Pattern.compile("[\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFFE\\uFFFF]");
  private static final Pattern ADDRESS = Pattern.compile("(?i)://|\\bwww\\.");

  private static final Pattern DOT = Pattern.compile("(?<=\\S)\\.(?=\\p{L})");

  private final TemplateText template;
  private final Map<String, String> values;
  private final String lang;

  /**
   * @param values ready to be shown: links absolute
   * @param lang language tag of the text
   */
  public Rendering(TemplateText template, Map<String, String> values, String lang) {
    this.template = template;
    this.values =
        values.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    e -> isAddress(e.getKey()) ? e.getValue() : tame(e.getValue())));
    this.lang = lang;
  }

  private static boolean isAddress(String name) {
    return TemplateText.isLink(name) || name.equals("siteUrl");
  }

  private static String tame(String value) {
    String plain = UNSEEN.matcher(BREAKS.matcher(value).replaceAll(" ")).replaceAll("").strip();
    if (plain.contains("@")) {
      return cut(ADDRESS.matcher(plain).replaceAll(" "), MOST_VALUE);
    }
    // U+2024 looks like a full stop, but no program makes a link of what it joins.
    String dead = DOT.matcher(ADDRESS.matcher(plain).replaceAll(" ")).replaceAll("\u2024");
    return cut(dead, MOST_VALUE);
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  public String subject() {
    return cut(
        fill(template.subject(), UnaryOperator.identity(), name -> value(name)), MOST_SUBJECT);
  }

  public String text() {
    return template.paragraphs().stream()
        .map(this::plain)
        .collect(Collectors.joining("\n\n", "", "\n"));
  }

  private String plain(Paragraph paragraph) {
    String words = wrap(fill(paragraph.words(), UnaryOperator.identity(), this::value));
    return paragraph.link() == null ? words : words + ":\n" + value(paragraph.link());
  }

  /**
   * Well-formed HTML without colours, so that it is readable by day and by night, and without
   * anything that is fetched.
   */
  public String html() {
    String body =
        template.paragraphs().stream().map(this::marked).collect(Collectors.joining("\n"));
    return """
        <!DOCTYPE html>
        <html lang="%s">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>%s</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 sans-serif; margin: 2rem auto; max-width: 36rem; padding: 0 1rem; }
        .go a { border: 2px solid; border-radius: .4rem; display: inline-block; padding: .6rem 1rem; }
        </style>
        </head>
        <body>
        %s
        </body>
        </html>
        """
        .formatted(escape(lang), wrap(escape(subject())), body);
  }

  private String marked(Paragraph paragraph) {
    if (paragraph.link() == null) {
      return "<p>" + wrap(fill(paragraph.words(), Rendering::escape, this::anchored)) + "</p>";
    }
    String words = fill(paragraph.words(), Rendering::escape, name -> escape(value(name)));
    return "<p class=\"go\">\n" + anchor(value(paragraph.link()), wrap(words)) + "\n</p>";
  }

  private String anchored(String name) {
    String value = value(name);
    return isAddress(name) ? anchor(value, escape(value)) : escape(value);
  }

  private static String anchor(String address, String words) {
    return "<a href=\"" + escape(address) + "\">" + words + "</a>";
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The value '" + name + "' is missing");
    }
    return value;
  }

  private static String fill(
      String words, UnaryOperator<String> literal, UnaryOperator<String> value) {
    StringBuilder filled = new StringBuilder();
    TemplateText.walk(
        words,
        new TemplateText.Parts() {
          @Override
          public void literal(String text) {
            filled.append(literal.apply(text));
          }

          @Override
          public void value(String name) {
            filled.append(value.apply(name));
          }
        });
    return filled.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Breaks at blanks where a line grows too long; an address stays whole. */
  private static String wrap(String words) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : words.split(" ", -1)) {
      if (column > 0) {
        boolean full = column + 1 + word.length() > COLUMNS;
        wrapped.append(full ? '\n' : ' ');
        column = full ? 0 : column + 1;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }
}
