package org.tonekeep.itests;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The product's bundles in the running container, by their symbolic names. */
final class Bundles {
  /** Giving back jobs and closing a database takes less, also on a busy machine. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  /** Requests that are under way have ten seconds to end. */
  private static final Duration DRAIN_WITHIN = Duration.ofSeconds(15);

  private static final Pattern BUNDLE = Pattern.compile("mvn:org\\.tonekeep/(tonekeep-[a-z-]+)/");

  private final BundleContext context;

  Bundles(BundleContext context) {
    this.context = context;
  }

  /**
   * The bundles of all Karaf features of features/product but those of the core, which cannot be
   * switched off: concerns, adapters and pages.
   */
  List<String> removable() throws IOException {
    String xml = Files.readString(artifact("tonekeep-features-product", "-features.xml"));
    return Arrays.stream(xml.split("<feature name=\"", -1))
        .skip(1)
        .filter(feature -> !feature.startsWith("tonekeep-core\""))
        .flatMap(feature -> BUNDLE.matcher(feature).results())
        .map(Bundles::symbolicName)
        .distinct()
        .toList();
  }

  private static String symbolicName(MatchResult artifact) {
    return "org." + artifact.group(1).replace('-', '.');
  }

  Bundle find(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not installed"));
  }

  /** Stops the bundle for as long as the framework runs; a slow stop is an error. */
  void stop(String name) throws BundleException {
    stop(name, STOP_WITHIN);
  }

  /** As {@link #stop(String)}, while a request is under way that will not end by itself. */
  void stopWithEndlessRequest(String name) throws BundleException {
    stop(name, DRAIN_WITHIN);
  }

  private void stop(String name, Duration most) throws BundleException {
    long start = System.nanoTime();
    find(name).stop(Bundle.STOP_TRANSIENT);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(name + " took " + took + " to stop", took.compareTo(most) < 0);
  }

  void start(String name) throws BundleException {
    find(name).start(Bundle.START_TRANSIENT);
  }

  /** What {@code bundle:update} does: the distribution's own jar, read anew. */
  void update(String name) throws BundleException, IOException {
    String artifact = name.substring("org.".length()).replace('.', '-');
    try (InputStream jar = Files.newInputStream(artifact(artifact, ".jar"))) {
      find(name).update(jar);
    }
  }

  private static Path artifact(String name, String ending) throws IOException {
    Path folder = Path.of(System.getProperty("karaf.home"), "system/org/tonekeep", name);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .findFirst()
          .orElseThrow(() -> new AssertionError("There is no " + ending + " in " + folder));
    }
  }
}
