package org.tonekeep.vault.internal;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.tonekeep.storage.api.Quotas.Usage;
import org.tonekeep.tenant.api.SettingKey;

/**
 * How much each account may keep, by its plan: {@code 10GiB, studio=200GiB, label=none}.
 *
 * @param otherwise for plans that are not named
 */
record Allowance(long otherwise, Map<String, Long> plans) {
  private static final SettingKey<Long> SIZE =
      SettingKey.bytes("quota.size", "0", 0, Long.MAX_VALUE, "A size.");

  Allowance {
    plans = Map.copyOf(plans);
  }

  long of(String plan) {
    return plans.getOrDefault(plan, otherwise);
  }

  static SettingKey<Allowance> bytes(String name, String description) {
    return key(name, "bytes|none, <plan>=bytes|none", description, SIZE::parse);
  }

  static SettingKey<Allowance> count(String name, String description) {
    return key(name, "number|none, <plan>=number|none", description, Allowance::number);
  }

  private static SettingKey<Allowance> key(
      String name, String type, String description, Function<String, Long> value) {
    return new SettingKey<>(name, type, "none", description, text -> parse(text, value));
  }

  private static Allowance parse(String text, Function<String, Long> value) {
    long otherwise = Usage.UNLIMITED;
    boolean said = false;
    Map<String, Long> plans = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      String word = part.strip();
      int equals = word.indexOf('=');
      String plan = equals < 0 ? "" : word.substring(0, equals).strip();
      long most = most(word.substring(equals + 1).strip(), value);
      if (equals < 0 && !said) {
        otherwise = most;
        said = true;
      } else if (plan.isEmpty() || plans.put(plan, most) != null) {
        throw new IllegalArgumentException(
            "expected one value for all, and others by plan, such as 10GiB, studio=200GiB");
      }
    }
    return new Allowance(otherwise, plans);
  }

  /** A limit as files and commands have it: a value, or {@code none}. */
  static long most(String word, Function<String, Long> value) {
    return word.equals("none") ? Usage.UNLIMITED : value.apply(word);
  }

  static long size(String word) {
    return SIZE.parse(word);
  }

  static long number(String word) {
    try {
      long number = Long.parseLong(word);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a whole number or none", e);
    }
    throw new IllegalArgumentException("expected 0 or more, or none");
  }
}
