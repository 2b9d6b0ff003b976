package org.tonekeep.testing.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables, persistence units, and what a bundle that stores owes.
 *
 * @param house the tree
 */
record StoreRules(House house) {
  private static final Pattern TABLE =
      Pattern.compile(
          "(?i)CREATE\\s+TABLE\\s+(\\w+)\\s*\\((.*?)\\)\\s*;\\s*$",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern INDEX =
      Pattern.compile(
          "(?i)CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+(\\w+)\\s+ON\\s+\\w+\\s*\\(\\s*(\\w+)");
  private static final Pattern KEY =
      Pattern.compile("(?i)(PRIMARY\\s+KEY|UNIQUE)\\s*(?:\\(\\s*(\\w+))?");
  private static final Pattern FOREIGN =
      Pattern.compile("(?i)\\b(IDENTITY|TIMESTAMP|BOOLEAN|SERIAL|AUTO_INCREMENT|FLOAT|REAL)\\b");

  Map<String, List<String>> all() {
    return Map.of(
        "every table and every key begins with the tenant", tables(),
        "columns have types that both databases know", types(),
        "persistence units share nothing and log no values", units(),
        "a bundle that stores has a part in export and erasure", holders());
  }

  List<String> tables() {
    List<String> wrong = new ArrayList<>();
    for (Path file : migrations()) {
      String sql = sql(file);
      String unit = file.getParent().getFileName().toString();
      Matcher table = TABLE.matcher(sql);
      while (table.find()) {
        String name = house.name(file) + ": " + table.group(1);
        String body = table.group(2).strip();
        if (!table.group(1).startsWith(unit + "_")) {
          wrong.add(name + " does not begin with " + unit + "_");
        }
        if (!body.matches("(?is)tenant\\s+VARCHAR\\(32\\)\\s+NOT\\s+NULL\\s*,.*")) {
          wrong.add(name + " does not begin with tenant VARCHAR(32) NOT NULL");
        }
        keys(name, body, wrong);
      }
      Matcher index = INDEX.matcher(sql);
      while (index.find()) {
        if (!index.group(2).equalsIgnoreCase("tenant")) {
          wrong.add(
              house.name(file) + ": index " + index.group(1) + " begins with " + index.group(2));
        }
      }
    }
    return wrong;
  }

  private static void keys(String name, String body, List<String> wrong) {
    boolean primary = false;
    Matcher key = KEY.matcher(body);
    while (key.find()) {
      primary |= key.group(1).toUpperCase(Locale.ROOT).startsWith("PRIMARY");
      if (!"tenant".equalsIgnoreCase(key.group(2))) {
        wrong.add(name + " has a " + key.group(1) + " that does not begin with the tenant");
      }
    }
    if (!primary) {
      wrong.add(name + " has no primary key");
    }
  }

  List<String> types() {
    List<String> wrong = new ArrayList<>();
    for (Path file : migrations()) {
      Matcher type = FOREIGN.matcher(sql(file));
      while (type.find()) {
        wrong.add(house.name(file) + " says " + type.group(1));
      }
    }
    return wrong;
  }

  List<String> units() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      Path file = room.folder().resolve("src/main/resources/META-INF/persistence.xml");
      String text = House.text(file);
      for (String needed :
          List.of(
              "<shared-cache-mode>NONE</shared-cache-mode>",
              "transaction-type=\"RESOURCE_LOCAL\"",
              "(osgi.jndi.service.name=tonekeep)",
              "<exclude-unlisted-classes>true</exclude-unlisted-classes>",
              "name=\"eclipselink.logging.parameters\" value=\"false\"")) {
        if (!text.isEmpty() && !text.contains(needed)) {
          wrong.add(house.name(file) + " lacks " + needed);
        }
      }
    }
    return wrong;
  }

  List<String> holders() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      boolean stores =
          Files.isDirectory(room.folder().resolve("src/main/resources/migrations"))
              || room.mainJava().stream().anyMatch(f -> House.text(f).contains("\n@Entity"));
      boolean holds =
          room.mainJava().stream()
              .anyMatch(f -> House.text(f).matches("(?s).*implements [^{]*\\bDataHolder\\b.*"));
      if (stores && !holds) {
        wrong.add(room.address() + " stores, but has no DataHolder");
      }
    }
    return wrong;
  }

  private List<Path> migrations() {
    return house.shipped().stream()
        .flatMap(r -> House.files(r.folder().resolve("src/main/resources/migrations")).stream())
        .filter(f -> House.ending(f).equals("sql"))
        .toList();
  }

  private static String sql(Path file) {
    return House.text(file).replaceAll("(?m)^\\s*--.*$", "");
  }
}
