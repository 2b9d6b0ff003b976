package org.tonekeep.tenant.api;

import java.util.Map;

/** The checked text of a tenant's file. Values were validated before the file came into force. */
public record Settings(Map<String, String> values) {
  public Settings {
    values = Map.copyOf(values);
  }

  /** The tenant's value of the key, or the key's default. */
  public <T> T get(SettingKey<T> key) {
    return key.parse(values.getOrDefault(key.name(), key.defaultText()));
  }
}
