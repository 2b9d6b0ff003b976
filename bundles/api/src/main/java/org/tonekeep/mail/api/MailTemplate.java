package org.tonekeep.mail.api;

import java.net.URL;
import java.util.List;
import java.util.Map;

/**
 * A kind of mail. Its text per language is a small UTF-8 file: the first line is {@code Subject:
 * …}, then paragraphs separated by empty lines (line breaks within one do not count). {@code
 * {name}} stands for a value; a paragraph that is only {@code [words]({link})} becomes a button.
 * Both a plain and an HTML body are made from it; there is no markup and no literal address, so no
 * image and no foreign link can be in it. Sign {@code MailTemplatesContract} in testing/contracts
 * to have every text tried.
 *
 * @param id {@code <concern>.<what>}, such as {@code auth.confirm}
 * @param values names of the values that every use gives, in addition to {@code site} and {@code
 *     siteUrl}, which are always there
 * @param texts by language tag; {@code en} must be there
 */
public record MailTemplate(
    String id, MailPurpose purpose, List<String> values, Map<String, URL> texts) {
  public MailTemplate {
    if (!id.matches("[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("A template's id is <concern>.<what>");
    }
    values = List.copyOf(values);
    texts = Map.copyOf(texts);
    if (!texts.containsKey("en")) {
      throw new IllegalArgumentException("The template " + id + " has no English text");
    }
  }
}
