package org.tonekeep.itests.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.probe.Probe;

/** Puts the {@link Probe} into a distribution that was not started yet, and asks it. */
final class ProbeClient {
  private final int port;

  private ProbeClient(int port) {
    this.port = port;
  }

  static ProbeClient into(Distribution platform) throws IOException {
    int port = Distribution.freePort();
    platform.with(Probe.PORT, Integer.toString(port));
    jar(Files.createDirectories(platform.home().resolve("deploy")).resolve("probe.jar"));
    return new ProbeClient(port);
  }

  private static void jar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "org.tonekeep.itests.probe");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Bundle-Activator", Probe.class.getName());
    main.putValue("Import-Package", "org.osgi.framework,javax.sql");
    main.putValue("DynamicImport-Package", "org.apache.karaf.shell.api.console");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (String name : List.of("Probe", "Rows")) {
        String entry = "org/tonekeep/itests/probe/" + name + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream bytes = Probe.class.getResourceAsStream("/" + entry)) {
          bytes.transferTo(jar);
        }
      }
    }
  }

  void awaitThere() throws Exception {
    Patience.until("the probe answers", () -> !ask("shell echo there").isEmpty());
  }

  /** The rows that name one of the ids, a line each. */
  List<String> rows(String tenant, List<String> ids) throws IOException {
    return List.of(worked("rows " + tenant + " " + String.join(",", ids)).split("\n"));
  }

  String shell(String command) throws IOException {
    return worked("shell " + command);
  }

  void sql(String update) throws IOException {
    if (!worked("sql " + update).strip().equals("1")) {
      throw new AssertionError("Not one row: " + update);
    }
  }

  private String worked(String line) throws IOException {
    String answer = ask(line);
    if (answer.isBlank() || answer.contains("FAILED")) {
      throw new AssertionError(line + ": " + answer);
    }
    return answer;
  }

  private String ask(String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (java.net.ConnectException notYet) {
      return "";
    }
  }
}
