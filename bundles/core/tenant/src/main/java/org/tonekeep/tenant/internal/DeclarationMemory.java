package org.tonekeep.tenant.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.Promise;

/**
 * The declarations that ever appeared, on disk: an absent bundle still answers {@code feature-off},
 * still owes its promises, and its keys are still known. One file per feature, one for the names of
 * all keys with the bundle that declares each. Nothing is forgotten by itself; an operator who is
 * done with a feature for good deletes its file.
 */
final class DeclarationMemory {
  private static final Logger LOG = LoggerFactory.getLogger(DeclarationMemory.class);
  private static final String PREFIX = "feature~";
  private static final String SUFFIX = ".properties";
  private final Path folder;

  DeclarationMemory(Path folder) {
    this.folder = folder;
  }

  SortedMap<String, Feature> features() {
    SortedMap<String, Feature> features = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return features;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(f -> name(f).startsWith(PREFIX) && name(f).endsWith(SUFFIX))
          .forEach(f -> read(f, features));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return features;
  }

  void remember(Feature feature) {
    PropertiesFile.write(folder.resolve(PREFIX + feature.id() + SUFFIX), toProperties(feature));
  }

  /** Names of keys, each with the symbolic name of the bundle that declared it last. */
  SortedMap<String, String> keys() {
    Path file = folder.resolve("keys" + SUFFIX);
    try {
      return Files.exists(file) ? PropertiesFile.read(file) : new TreeMap<>();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      // Bundles declare them again; until then keys of absent bundles are judged as unknown.
      LOG.error("The remembered keys {} cannot be read and are left out", file, e);
      return new TreeMap<>();
    }
  }

  void rememberKeys(Map<String, String> bundleByKey) {
    PropertiesFile.write(folder.resolve("keys" + SUFFIX), bundleByKey);
  }

  private static void read(Path file, SortedMap<String, Feature> into) {
    String id = name(file).substring(PREFIX.length(), name(file).length() - SUFFIX.length());
    try {
      into.put(id, fromProperties(id, PropertiesFile.read(file)));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      // One damaged record must not keep all tenants from starting.
      LOG.error("The remembered feature {} cannot be read and is left out", file, e);
    }
  }

  private static SortedMap<String, String> toProperties(Feature feature) {
    SortedMap<String, String> p = new TreeMap<>();
    p.put("title", feature.title());
    p.put("needs", feature.needs().stream().sorted().collect(Collectors.joining(",")));
    number(p, "basePath", feature.basePaths());
    number(p, "process", feature.processes());
    number(p, "trackJob", feature.trackJobs());
    List<Promise> keeps = feature.keeps();
    for (int i = 0; i < keeps.size(); i++) {
      String at = "promise." + (1000 + i);
      p.put(at, keeps.get(i).id());
      p.put(at + ".text", keeps.get(i).text());
      p.put(
          at + ".guards",
          keeps.get(i).guards().stream().map(Act::name).sorted().collect(Collectors.joining(",")));
    }
    return p;
  }

  private static Feature fromProperties(String id, SortedMap<String, String> p) {
    List<Promise> keeps = new ArrayList<>();
    p.forEach(
        (key, value) -> {
          if (key.matches("promise\\.\\d+")) {
            Set<Act> guards = EnumSet.noneOf(Act.class);
            words(p.getOrDefault(key + ".guards", "")).forEach(a -> guards.add(Act.valueOf(a)));
            keeps.add(new Promise(value, p.getOrDefault(key + ".text", ""), guards));
          }
        });
    return new Feature(
        id,
        p.getOrDefault("title", id),
        Set.copyOf(words(p.getOrDefault("needs", ""))),
        numbered(p, "basePath"),
        numbered(p, "process"),
        keeps,
        numbered(p, "trackJob"));
  }

  /** Numbers begin at 1000 so that the sorted file keeps the list's order. */
  private static void number(SortedMap<String, String> into, String key, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      into.put(key + "." + (1000 + i), values.get(i));
    }
  }

  private static List<String> numbered(SortedMap<String, String> from, String key) {
    return List.copyOf(from.subMap(key + ".", key + "/").values());
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",")).filter(w -> !w.isEmpty()).toList();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
