package org.tonekeep.mail.smtp.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

/**
 * A checked configuration.
 *
 * @param user empty when nobody signs in
 */
record SmtpServer(
    String host,
    int port,
    Security security,
    String user,
    String password,
    Duration connect,
    Duration answer) {
  /** How the connection is kept from being read. */
  enum Security {
    STARTTLS(587),
    TLS(465),
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    static Security of(String word) {
      return switch (word.strip()) {
        case "starttls" -> STARTTLS;
        case "tls" -> TLS;
        case "none" -> NONE;
        default -> throw new IllegalArgumentException("security: expected starttls, tls or none");
      };
    }
  }

  /**
   * @throws IllegalArgumentException when something is wrong, naming the key
   */
  static SmtpServer of(SmtpConfig config) {
    String host = config.host().strip();
    Security security = Security.of(config.security());
    if (!host.matches("[A-Za-z0-9.:-]{1,253}")) {
      throw new IllegalArgumentException("host: expected a host name");
    }
    if (security == Security.NONE && !loopback(host)) {
      throw new IllegalArgumentException(
          "security: none is only for a server on this machine; mails do not cross a network bare");
    }
    if (config.port() < 0 || config.port() > 65535) {
      throw new IllegalArgumentException("port: expected 0 to 65535");
    }
    return new SmtpServer(
        host,
        config.port() == 0 ? security.port : config.port(),
        security,
        config.user().strip(),
        password(config),
        Duration.ofSeconds(Math.max(1, config.connect_seconds())),
        Duration.ofSeconds(Math.max(1, config.answer_seconds())));
  }

  /** By its name only: what a resolver says may change. */
  private static boolean loopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static String password(SmtpConfig config) {
    if (config.password_file().isBlank()) {
      return config.password();
    }
    try {
      return Files.readString(Path.of(config.password_file().strip()), UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("password.file: cannot be read", e);
    }
  }

  String protocol() {
    return security == Security.TLS ? "smtps" : "smtp";
  }

  /**
   * The library's settings.
   *
   * @param name what this side calls itself; the machine's own name is nobody's business
   */
  Properties properties(String name) {
    Properties all = new Properties();
    String prefix = "mail." + protocol() + ".";
    all.setProperty("mail.transport.protocol", protocol());
    all.setProperty(prefix + "localhost", name);
    all.setProperty(prefix + "auth", Boolean.toString(!user.isEmpty()));
    all.setProperty(prefix + "connectiontimeout", Long.toString(connect.toMillis()));
    all.setProperty(prefix + "timeout", Long.toString(answer.toMillis()));
    all.setProperty(prefix + "writetimeout", Long.toString(answer.toMillis()));
    all.setProperty(prefix + "ssl.checkserveridentity", "true");
    all.setProperty(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
    if (security == Security.STARTTLS) {
      all.setProperty(prefix + "starttls.enable", "true");
      all.setProperty(prefix + "starttls.required", "true");
    }
    return all;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return host + ":" + port + " (" + security.name().toLowerCase(Locale.ROOT) + ")";
  }
}
