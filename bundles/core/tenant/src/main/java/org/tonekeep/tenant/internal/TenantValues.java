package org.tonekeep.tenant.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;

/** The checked text of a tenant by key: the reserved keys and the dotted ones. */
record TenantValues(SortedMap<String, String> text) {
  static final String TITLE = "title";
  static final String HOSTS = "hosts";
  static final String FEATURES = "features";
  static final String LOCALE = "locale";

  /** The keys of the platform itself; every other key has a prefix and a dot. */
  static final List<String> RESERVED = List.of(TITLE, HOSTS, FEATURES, LOCALE);

  TenantValues {
    text = Collections.unmodifiableSortedMap(new TreeMap<>(text));
  }

  List<String> hosts() {
    return words(text.getOrDefault(HOSTS, "")).stream().map(HostName::normal).distinct().toList();
  }

  /** In the order of the file. */
  Set<String> features() {
    return new LinkedHashSet<>(words(text.getOrDefault(FEATURES, "")));
  }

  /**
   * @param without dotted keys to leave at their defaults
   */
  Tenant toTenant(TenantId id, boolean suspended, Set<String> without) {
    Map<String, String> settings = new HashMap<>(text);
    settings.keySet().removeAll(RESERVED);
    settings.keySet().removeAll(without);
    return new Tenant(
        id,
        text.getOrDefault(TITLE, id.value()),
        hosts(),
        features(),
        Locale.forLanguageTag(text.getOrDefault(LOCALE, "en")),
        new Settings(settings),
        suspended);
  }

  /** Comma-separated words, trimmed, empty ones left out. */
  static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }
}
