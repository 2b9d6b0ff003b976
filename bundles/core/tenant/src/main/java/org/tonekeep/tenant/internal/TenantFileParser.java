package org.tonekeep.tenant.internal;

import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.SettingKey;

/** Checks one tenant's file by itself, against what the bundles declare. */
final class TenantFileParser {
  private final TenantFile file;
  private final Declared declared;
  private final SortedMap<String, String> values = new TreeMap<>();
  private final SortedSet<String> inactive = new TreeSet<>();
  private final List<Problem> problems = new ArrayList<>();

  private TenantFileParser(TenantFile file, Declared declared) {
    this.file = file;
    this.declared = declared;
  }

  /**
   * What a file says.
   *
   * @param values what may come into force; meaningless when there are problems
   * @param inactive keys that no active bundle declares
   */
  record Parsed(TenantValues values, List<Problem> problems, List<String> inactive) {}

  /**
   * Parses a file. The value of a key whose bundle is known but absent cannot be checked now: when
   * it differs from the last good one, that one stays until the bundle is back to judge.
   */
  static Parsed parse(TenantFile file, @Nullable TenantValues lastGood, Declared declared) {
    TenantFileParser parser = new TenantFileParser(file, declared);
    parser.readAll();
    SortedMap<String, String> inForce = new TreeMap<>(parser.values);
    for (String key : parser.inactive) {
      if (declared.knownButAbsent(key)) {
        String old = lastGood == null ? null : lastGood.text().get(key);
        if (old == null) {
          inForce.remove(key);
        } else {
          inForce.put(key, old);
        }
      }
    }
    return new Parsed(
        new TenantValues(inForce), List.copyOf(parser.problems), List.copyOf(parser.inactive));
  }

  /** Keys of the values that their bundles, as they are now, would refuse. */
  static SortedMap<String, String> badValues(TenantValues values, Declared declared) {
    SortedMap<String, String> bad = new TreeMap<>();
    values
        .text()
        .forEach(
            (name, value) -> {
              SettingKey<?> key = declared.keys().get(name);
              String reason = key == null ? "" : refusal(key, value);
              if (!reason.isEmpty()) {
                bad.put(name, reason);
              }
            });
    return bad;
  }

  private void readAll() {
    if (!file.unreadable().isEmpty()) {
      problem("file", file.unreadable());
      return;
    }
    List<CfgText.Entry> entries;
    try {
      entries = new CfgText(file.text()).entries();
    } catch (IllegalArgumentException e) {
      problem("file", String.valueOf(e.getMessage()));
      return;
    }
    for (CfgText.Entry entry : entries) {
      if (fromConfigurationAdmin(entry.key())) {
        continue;
      }
      if (values.putIfAbsent(entry.key(), entry.value()) != null) {
        problem(entry.key(), "is given twice, the second time in line " + entry.line());
        continue;
      }
      String reason = check(entry.key(), entry.value());
      if (!reason.isEmpty()) {
        problem(entry.key(), reason + " (line " + entry.line() + ")");
      }
    }
    // An empty or cut-off file must not pass for a tenant with everything off.
    for (String key : List.of(TenantValues.TITLE, TenantValues.HOSTS, TenantValues.FEATURES)) {
      if (!values.containsKey(key)) {
        problem(key, "is missing");
      }
    }
    checkNeeds();
  }

  /** Empty, or why the entry is refused. */
  private String check(String key, String value) {
    if (TenantValues.RESERVED.contains(key)) {
      return checkReserved(key, value);
    }
    int dot = key.indexOf('.');
    if (dot <= 0) {
      return "is unknown; without a dot there are " + String.join(", ", TenantValues.RESERVED);
    }
    SettingKey<?> setting = declared.keys().get(key);
    if (setting != null) {
      return refusal(setting, value);
    }
    String prefix = key.substring(0, dot);
    List<String> siblings = declared.keysWithPrefix(prefix);
    if (!siblings.isEmpty() && !declared.knownButAbsent(key)) {
      return "is unknown; under this prefix there are " + String.join(", ", siblings);
    }
    for (String name : declared.keys().keySet()) {
      if (name.equalsIgnoreCase(key)) {
        return "is unknown; it is written " + name;
      }
    }
    inactive.add(key);
    return "";
  }

  private String checkReserved(String key, String value) {
    switch (key) {
      case TenantValues.TITLE -> {
        return value.isEmpty() || value.length() > 120 ? "expected 1 to 120 characters" : "";
      }
      case TenantValues.LOCALE -> {
        return localeRefusal(value);
      }
      case TenantValues.FEATURES -> {
        return TenantValues.words(value).stream()
            .filter(f -> !f.matches("[a-z][a-z0-9-]*"))
            .findFirst()
            .map(f -> "'" + f + "' is not the id of a feature: expected a-z, 0-9 and '-'")
            .orElse("");
      }
      default -> {
        return hostsRefusal(value);
      }
    }
  }

  private static String localeRefusal(String value) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(value).build();
      return locale.getLanguage().isEmpty() ? "expected a language tag such as en or es-AR" : "";
    } catch (IllformedLocaleException e) {
      return "expected a language tag such as en or es-AR";
    }
  }

  private static String hostsRefusal(String value) {
    try {
      TenantValues.words(value).forEach(HostName::checked);
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String refusal(SettingKey<?> key, String value) {
    try {
      Object unused = key.parse(value);
      return "";
    } catch (RuntimeException e) {
      // The parser is another bundle's code; whatever it throws, it does not want this value, and
      // one bundle's fault must not keep the other tenants' files from being judged.
      String message = e.getMessage() == null ? "expected " + key.type() : e.getMessage();
      return message + ", found '" + value + "'";
    }
  }

  private void checkNeeds() {
    List<String> listed = TenantValues.words(values.getOrDefault(TenantValues.FEATURES, ""));
    for (String id : listed) {
      Feature feature = declared.features().get(id);
      if (feature != null) {
        feature.needs().stream()
            .filter(n -> !listed.contains(n))
            .sorted()
            .forEach(n -> problem(TenantValues.FEATURES, missing(id, n)));
      }
    }
  }

  private static String missing(String feature, String need) {
    return "'" + feature + "' needs '" + need + "', which is not listed";
  }

  private void problem(String key, String reason) {
    problems.add(new Problem(file.name(), key, reason));
  }

  /** What ConfigurationAdmin and fileinstall add when they write a file back. */
  private static boolean fromConfigurationAdmin(String key) {
    return key.startsWith("service.") || key.startsWith("felix.fileinstall.");
  }
}
