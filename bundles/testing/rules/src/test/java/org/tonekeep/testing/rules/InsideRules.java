package org.tonekeep.testing.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Other people's code inside of the built bundles, however it came in, is named in NOTICE: classes
 * by a package such as {@code org.apache.derby.*}, jars inside of jars by the artifact.
 *
 * @param house the tree, built
 */
record InsideRules(House house) {
  private static final Pattern PACKAGES =
      Pattern.compile("\\b([a-z][a-z0-9]*(?:\\.[a-z0-9]+)+)\\.\\*");

  Map<String, List<String>> all() {
    return Map.of("NOTICE names all foreign code inside of our bundles", foreign());
  }

  List<String> foreign() {
    String notice = House.text(house.root().resolve("NOTICE"));
    List<String> named = PACKAGES.matcher(notice).results().map(r -> r.group(1) + ".").toList();
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      room.jar().map(InsideRules::entries).stream()
          .flatMap(List::stream)
          .flatMap(entry -> unnamed(entry, notice, named))
          .distinct()
          .forEach(what -> wrong.add(room.address() + " holds " + what));
    }
    return wrong;
  }

  private static Stream<String> unnamed(String entry, String notice, List<String> named) {
    String plain = entry.replaceFirst("^META-INF/versions/\\d+/", "");
    if (plain.endsWith(".jar")) {
      String artifact = plain.replaceFirst("^.*/", "").replaceFirst("(-\\d.*)?\\.jar$", "");
      return notice.contains(artifact) ? Stream.empty() : Stream.of(artifact);
    }
    Matcher type = Pattern.compile("(.+)/[^/]+\\.class").matcher(plain);
    if (!type.matches() || plain.startsWith("org/tonekeep/")) {
      return Stream.empty();
    }
    String name = type.group(1).replace('/', '.');
    return named.stream().anyMatch((name + ".")::startsWith) ? Stream.empty() : Stream.of(name);
  }

  private static List<String> entries(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return new ArrayList<>(new TreeSet<>(file.stream().map(JarEntry::getName).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(jar + " cannot be read", e);
    }
  }
}
