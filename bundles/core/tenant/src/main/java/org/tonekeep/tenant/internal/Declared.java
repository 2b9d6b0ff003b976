package org.tonekeep.tenant.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.Gate.FeatureState;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.Tenant;

/**
 * What the bundles have declared, at one moment.
 *
 * @param keys keys of active bundles by name
 * @param knownKeys names of all keys ever declared here, also those of absent bundles
 * @param features all features ever declared here, by id
 * @param active ids of the features whose bundle is active
 */
record Declared(
    SortedMap<String, SettingKey<?>> keys,
    SortedSet<String> knownKeys,
    SortedMap<String, Feature> features,
    Set<String> active,
    List<PathOwner> paths) {

  /** A base path and the feature that owns it. */
  record PathOwner(String path, String feature) {
    boolean owns(String requested) {
      return requested.equals(path)
          || (requested.startsWith(path)
              && (path.endsWith("/") || requested.charAt(path.length()) == '/'));
    }
  }

  static Declared of(
      Map<String, SettingKey<?>> keys,
      Set<String> knownKeys,
      Map<String, Feature> features,
      Set<String> active) {
    List<PathOwner> paths =
        features.values().stream()
            .flatMap(f -> f.basePaths().stream().map(p -> new PathOwner(p, f.id())))
            .sorted(
                Comparator.comparingInt((PathOwner p) -> -p.path().length())
                    .thenComparing(PathOwner::feature))
            .toList();
    SortedSet<String> known = new TreeSet<>(knownKeys);
    known.addAll(keys.keySet());
    return new Declared(
        new TreeMap<>(keys), known, new TreeMap<>(features), Set.copyOf(active), paths);
  }

  /** The declared keys with this prefix, by name; empty when no active bundle declares it. */
  List<String> keysWithPrefix(String prefix) {
    return keys.values().stream()
        .filter(k -> k.prefix().equals(prefix))
        .map(SettingKey::name)
        .toList();
  }

  /** Whether the key was declared once, by a bundle that is not active now. */
  boolean knownButAbsent(String key) {
    return knownKeys.contains(key) && !keys.containsKey(key);
  }

  /**
   * The features that the tenant lists and no bundle ever declared here, by id: what they promise
   * is not known, so nothing can be kept.
   */
  List<String> neverDeclared(Tenant tenant) {
    return tenant.features().stream().filter(f -> !features.containsKey(f)).sorted().toList();
  }

  boolean isActive(String feature) {
    return active.contains(feature);
  }

  Optional<String> featureOf(String path) {
    return paths.stream().filter(p -> p.owns(path)).map(PathOwner::feature).findFirst();
  }

  List<FeatureState> states() {
    return features.values().stream()
        .map(f -> new FeatureState(f, isActive(f.id())))
        .collect(Collectors.toUnmodifiableList());
  }
}
