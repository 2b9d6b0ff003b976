package org.tonekeep.persistence.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One numbered SQL file of a bundle.
 *
 * @param version the number that the file's name begins with, from 1 without gaps
 * @param name file name, such as {@code 0001_create.sql}
 * @param sql statements, each ended by {@code ;} at the end of a line
 */
public record Migration(int version, String name, String sql) {
  private static final Pattern NAME = Pattern.compile("(\\d{4})_[a-z0-9_]+\\.sql");

  /**
   * @throws MigrationException when the name is not {@code NNNN_words.sql}
   */
  public static Migration of(String name, String sql) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new MigrationException("A migration is named NNNN_words.sql, not " + name);
    }
    return new Migration(Integer.parseInt(matcher.group(1)), name, sql);
  }

  /** SHA-256 of the text, line ends normalised, in hexadecimal. */
  String checksum() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The statements with the dialect's words for {@code ${blob}} and {@code ${clob}}. */
  List<String> statements(Map<String, String> macros) {
    List<String> statements = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String line : sql.split("\\R")) {
      if (line.strip().startsWith("--")) {
        continue;
      }
      current.append(line).append('\n');
      if (line.stripTrailing().endsWith(";")) {
        String statement = current.toString().strip();
        statements.add(replace(statement.substring(0, statement.length() - 1), macros));
        current.setLength(0);
      }
    }
    if (!current.toString().isBlank()) {
      throw new MigrationException("The last statement of " + name + " does not end with ;");
    }
    return statements;
  }

  private static String replace(String statement, Map<String, String> macros) {
    String text = statement;
    for (Map.Entry<String, String> macro : macros.entrySet()) {
      text = text.replace("${" + macro.getKey() + "}", macro.getValue());
    }
    return text;
  }
}
