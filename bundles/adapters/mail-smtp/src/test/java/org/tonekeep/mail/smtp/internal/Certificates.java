package org.tonekeep.mail.smtp.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keys made for this JVM, which trusts two of three certificates: that of {@code localhost}, and
 * that of another host.
 */
final class Certificates {
  static final String PASSWORD = "changeit";
  static final Path LOCALHOST;
  static final Path OTHER_HOST;
  static final Path STRANGER;

  static {
    try {
      Path folder = Files.createTempDirectory("certificates");
      LOCALHOST = make(folder.resolve("localhost.p12"), "dns:localhost,ip:127.0.0.1");
      OTHER_HOST = make(folder.resolve("other.p12"), "dns:other.example");
      STRANGER = make(folder.resolve("stranger.p12"), "dns:localhost,ip:127.0.0.1");
      Path trusted = folder.resolve("trusted.p12");
      trust(folder, trusted, LOCALHOST, "localhost");
      trust(folder, trusted, OTHER_HOST, "other");
      // Before anybody in this JVM speaks TLS.
      System.setProperty("javax.net.ssl.trustStore", trusted.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Certificates() {}

  private static Path make(Path store, String names) throws IOException, InterruptedException {
    run(
        "-genkeypair",
        "-alias",
        "key",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "san=" + names,
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    return store;
  }

  private static void trust(Path folder, Path trusted, Path store, String alias)
      throws IOException, InterruptedException {
    String certificate = folder.resolve(alias + ".crt").toString();
    run(
        "-exportcert",
        "-alias",
        "key",
        "-file",
        certificate,
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    run(
        "-importcert",
        "-noprompt",
        "-alias",
        alias,
        "-file",
        certificate,
        "-keystore",
        trusted.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
  }

  private static void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of(arguments));
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
  }
}
