package org.tonekeep.testing.rules;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A tree in a folder of its own in which every law of the tree is broken once or more, and where
 * {@code core/good} breaks none.
 */
final class PlantedHouse {
  private static final String BAD = "bundles/concerns/bad/";
  private static final String GOOD = "bundles/core/good/";

  private final Path root;

  private PlantedHouse(Path root) {
    this.root = root;
  }

  static House in(Path folder) throws IOException {
    PlantedHouse planted = new PlantedHouse(folder);
    planted.plantApi();
    planted.plantGood();
    planted.plantBad();
    planted.write("bundles/concerns/unbuilt/pom.xml", "<project/>");
    planted.plantFeatures();
    planted.write("config/silent.cfg", "key = 1\n");
    planted.write("config/org.tonekeep.good.cfg", "# teaches\nkey = 1\n");
    planted.write(
        "bundles/testing/ASVS.md",
        "| 1.1.1 | good | XTest.shouldBe |\n| 1.1.2 | bad | XTest.shouldNotBe |\n");
    planted.write(
        "karaf-assembly/itests/src/test/java/XTest.java", "  public void shouldBe() {}\n");
    planted.write("NOTICE", "goodlib, goodwave, good.code.*\n");
    planted.write(
        "bundles/README.md",
        "[good](core/good/README.md) [bad](concerns/bad/README.md) [bad](concerns/bad/README.md)"
            + " [ghost](core/ghost/README.md)");
    return new House(folder);
  }

  private void plantApi() throws IOException {
    write("bundles/api/pom.xml", "<project/>");
    write("bundles/api/README.md", "Personal data: none.");
    write("bundles/api/src/main/java/org/tonekeep/x/api/X.java", "package org.tonekeep.x.api;");
    jar(
        "bundles/api",
        "tonekeep-api",
        Map.of(
            "Bundle-SymbolicName", "org.tonekeep.api",
            "Export-Package", "org.tonekeep.x.api;version=\"1.0.0\";uses:=\"a,b\"",
            "Service-Component", "OSGI-INF/planted.xml"));
  }

  private void plantGood() throws IOException {
    write(GOOD + "pom.xml", dependency("goodlib", ""));
    write(GOOD + "README.md", "Personal data: none.");
    String java = GOOD + "src/main/java/org/tonekeep/good/internal/";
    write(java + "package-info.java", "/** Law. */\n@NullMarked\npackage a;\n");
    write(java + "GoodEntity.java", "\n@Entity\nclass GoodEntity {}\n");
    write(java + "GoodData.java", "class GoodData implements A, DataHolder {}\n");
    write(java + "GoodPid.java", "@Component(configurationPid = \"org.tonekeep.good\")\n");
    write(java + "rest/package-info.java", "/** Law. */\n@NullMarked\npackage a;\n");
    write(java + "rest/Good.java", "try {} catch (IOException e) {} // throws IOException\n");
    write(GOOD + "src/main/resources/vendor/goodwave.esm.js", "x\n".repeat(500));
    write(
        GOOD + "src/main/resources/migrations/good/0001_create.sql",
        """
        -- no TIMESTAMP here
        CREATE TABLE good_thing (
          tenant VARCHAR(32) NOT NULL,
          id VARCHAR(36) NOT NULL,
          PRIMARY KEY (tenant, id),
          CONSTRAINT good_uq UNIQUE (tenant, id)
        );
        CREATE INDEX good_ix ON good_thing (tenant, id);
        """);
    jar(
        "bundles/core/good",
        "tonekeep-good",
        Map.of(
            "Bundle-SymbolicName", "org.tonekeep.good",
            "Import-Package", "org.tonekeep.x.api;version=\"[1.0,2)\",java.util"),
        "org/tonekeep/good/internal/Good.class",
        "good/code/inner/C.class",
        "META-INF/versions/11/good/code/C.class",
        "lib/goodlib-1.0.jar");
  }

  private void plantBad() throws IOException {
    write(
        BAD + "pom.xml",
        dependency("badlib", "")
            + dependency("platformlib", "<scope>provided</scope>")
            + "<artifactItem>\n<groupId>g</groupId><artifactId>unpackedlib</artifactId>");
    write(BAD + "bnd.bnd", "-includeresource: @inlinedlib-*.jar, lib/n.jar=nestedlib-[0-9]*.jar");
    String java = BAD + "src/main/java/org/tonekeep/bad/internal/";
    write(java + "Long.java", "\n".repeat(401));
    write(java + "Undone.java", "// TO" + "DO later\n");
    write(java + "Throwing.java", "void x() throws Exception {}\n");
    write(java + "BadPid.java", "@Component(configurationPid = \"org.tonekeep.bad\")\n");
    write(java + "BadEntity.java", "\n@Entity\nclass BadEntity {}\n");
    write(java + "rest/Catching.java", "try {} catch (final Exception e) {}\n");
    write(BAD + "src/main/java/org/tonekeep/bad/Lost.java", "class Lost {}\n");
    write(BAD + "src/main/resources/web/vendor/badwave.esm.js", "x");
    write(BAD + "src/main/resources/META-INF/persistence.xml", "<persistence/>");
    write(
        BAD + "src/main/resources/migrations/bad/0001_create.sql",
        """
        CREATE TABLE other_thing (
          id BOOLEAN,
          tenant VARCHAR(32) NOT NULL,
          UNIQUE (id)
        );
        CREATE INDEX bad_ix ON other_thing (id, tenant);
        """);
    jar(
        "bundles/concerns/bad",
        "tonekeep-bad",
        Map.of(
            "Bundle-SymbolicName", "org.tonekeep.worse",
            "Export-Package", "org.tonekeep.bad.internal,org.tonekeep.bad.api",
            "Import-Package", "org.tonekeep.good.internal;version=\"[1,2)\"",
            "DynamicImport-Package", "*"),
        "stowaway/code/C.class",
        "lib/stowawaylib-2.0.jar");
  }

  private void plantFeatures() throws IOException {
    write(
        FeatureRules.PRODUCT,
        "<features>"
            + feature("tonekeep-core", "tonekeep-api", "tonekeep-good", "tonekeep-bad")
            + feature("tonekeep-bad", "tonekeep-bad", "tonekeep-ghost")
            + feature("preset", "tonekeep-bad")
            + "<feature name='good-preset'><feature>tonekeep-core</feature></feature>"
            + "</features>");
    write(
        FeatureRules.PLATFORM,
        "<features>"
            + feature("tonekeep-libs", "tonekeep-stray")
            + "<feature name='x'><bundle>mvn:g/platformbundle/1</bundle></feature></features>");
  }

  private static String feature(String name, String... artifacts) {
    StringBuilder xml = new StringBuilder("<feature name='" + name + "'>");
    for (String artifact : artifacts) {
      xml.append("<bundle>mvn:org.tonekeep/").append(artifact).append("/1</bundle>");
    }
    return xml.append("</feature>").toString();
  }

  private static String dependency(String artifact, String scope) {
    return "<dependency><groupId>g</groupId><artifactId>"
        + artifact
        + "</artifactId>"
        + scope
        + "</dependency>\n";
  }

  private void jar(String folder, String artifact, Map<String, String> headers, String... entries)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach(manifest.getMainAttributes()::putValue);
    Path target = root.resolve(folder).resolve("target");
    Files.createDirectories(target.resolve("classes"));
    try (OutputStream file = Files.newOutputStream(target.resolve(artifact + "-0.1.0.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      for (String entry : entries) {
        jar.putNextEntry(new JarEntry(entry));
        jar.closeEntry();
      }
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
