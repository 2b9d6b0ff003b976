package org.tonekeep.itests;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.tonekeep.tenant.api.TenantId;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Builds testing/example as a stranger does, from what its pom and its bnd.bnd say. Maven itself is
 * not asked: it would look for the api in a repository, and after {@code mvn verify} in a fresh
 * clone there is none with it.
 */
final class ExampleBundle {
  private final Path project;
  private final Path repository;

  /**
   * @param project the example's folder
   * @param repository Maven's local repository, which has all that the reactor was built with
   */
  ExampleBundle(Path project, Path repository) {
    this.project = project;
    this.repository = repository;
  }

  /** Compiles, bundles, and gives the jar. */
  Path build(Path work) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    List<Path> classPath = classPath();
    compile(classes, classPath);
    copyResources(classes);
    return bundle(classes, classPath, work.resolve("example.jar"));
  }

  private void compile(Path classes, List<Path> classPath) throws IOException {
    List<String> arguments = new ArrayList<>();
    String path =
        String.join(java.io.File.pathSeparator, classPath.stream().map(Path::toString).toList());
    arguments.addAll(List.of("--release", "17", "-parameters", "-proc:none"));
    arguments.addAll(List.of("-classpath", path, "-d", classes.toString()));
    files("src/main/java").forEach(file -> arguments.add(file.toString()));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    if (failed != 0) {
      throw new IllegalStateException("The example does not compile");
    }
  }

  private void copyResources(Path classes) throws IOException {
    Path resources = project.resolve("src/main/resources");
    for (Path file : files("src/main/resources")) {
      Path copy = classes.resolve(resources.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  private Path bundle(Path classes, List<Path> classPath, Path file) throws IOException {
    Properties instructions = new Properties();
    instructions.setProperty("Bundle-Version", "1.0.0");
    try (var reader = Files.newBufferedReader(project.resolve("bnd.bnd"))) {
      instructions.load(reader);
    }
    try (Builder builder = new Builder();
        Jar content = new Jar(classes.toFile())) {
      builder.setProperties(project.toFile(), instructions);
      builder.setJar(content);
      for (Path library : classPath) {
        builder.addClasspath(library.toFile());
      }
      Jar built = builder.build();
      if (!builder.isOk()) {
        throw new IllegalStateException("bnd says " + builder.getErrors() + builder.getWarnings());
      }
      built.write(file.toFile());
      return file;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // bnd declares no less
      throw new IllegalStateException("The example cannot be bundled", e);
    }
  }

  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(project.resolve(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The pom's dependencies: the api from the reactor, the others from the local repository. */
  private List<Path> classPath() throws IOException {
    List<Path> path = new ArrayList<>();
    NodeList dependencies = pom().getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String artifact = text(dependency, "artifactId");
      String version = text(dependency, "version");
      if (artifact.equals("tonekeep-api")) {
        path.add(api(version));
      } else {
        Path jar =
            repository
                .resolve(text(dependency, "groupId").replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".jar");
        if (!Files.exists(jar)) {
          throw new IllegalStateException(
              "The example's pom should name the version of " + artifact + " that the build uses");
        }
        path.add(jar);
      }
    }
    return path;
  }

  private static Path api(String version) {
    Path here =
        Path.of(TenantId.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    if (!version.equals(System.getProperty("tonekeep.version"))) {
      throw new IllegalStateException("The example's pom names version " + version + " of the api");
    }
    return here;
  }

  private Element pom() throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(project.resolve("pom.xml").toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("The example's pom cannot be read", e);
    }
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent().strip();
  }
}
