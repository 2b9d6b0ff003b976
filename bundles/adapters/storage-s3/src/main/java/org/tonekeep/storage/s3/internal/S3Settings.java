package org.tonekeep.storage.s3.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A checked configuration.
 *
 * @param endpoint empty for Amazon's of the region
 * @param kinds empty for all
 */
record S3Settings(
    Optional<URI> endpoint,
    String region,
    String bucket,
    String prefix,
    String accessKey,
    String secret,
    boolean pathStyle,
    Encryption encryption,
    Set<String> kinds,
    int partBytes,
    int connections,
    Duration connect,
    Duration answer,
    Duration oneTry,
    Duration call,
    int tries) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern PREFIX = Pattern.compile("([a-z0-9-]{1,40}/){0,4}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern KIND = Pattern.compile("[a-z]{1,16}");

  /** What the server is told to encrypt with. */
  enum Encryption {
    AES256,
    KMS,
    NONE;

    private static Encryption of(String word) {
      return switch (word.strip()) {
        case "AES256" -> AES256;
        case "aws:kms" -> KMS;
        case "none" -> NONE;
        default -> throw new IllegalArgumentException("sse: expected AES256, aws:kms or none");
      };
    }
  }

  /**
   * @param environment of the process
   * @throws IllegalArgumentException when something is wrong, naming the key
   */
  static S3Settings of(S3Config config, Map<String, String> environment) {
    return new S3Settings(
        endpoint(config.endpoint().strip()),
        matching("region", REGION, config.region()),
        matching("bucket", BUCKET, config.bucket()),
        matching("prefix", PREFIX, config.prefix()),
        matching("access.key", Pattern.compile("\\S+"), config.access_key()),
        secret(config, environment),
        config.path_style(),
        Encryption.of(config.sse()),
        Arrays.stream(config.kinds())
            .map(kind -> matching("kinds", KIND, kind))
            .collect(Collectors.toUnmodifiableSet()),
        within("part.mib", config.part_mib(), 5, 64) << 20,
        within("connections", config.connections(), 1, 10_000),
        seconds("connect.seconds", config.connect_seconds()),
        seconds("answer.seconds", config.answer_seconds()),
        seconds("try.seconds", config.try_seconds()),
        seconds("call.seconds", config.call_seconds()),
        within("tries", config.tries(), 1, 100));
  }

  private static String matching(String key, Pattern pattern, String value) {
    if (!pattern.matcher(value.strip()).matches()) {
      throw new IllegalArgumentException(key + ": expected " + pattern);
    }
    return value.strip();
  }

  private static int within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(key + ": expected " + least + " to " + most);
    }
    return value;
  }

  private static Duration seconds(String key, int value) {
    return Duration.ofSeconds(within(key, value, 1, 3600));
  }

  private static Optional<URI> endpoint(String address) {
    if (address.isEmpty()) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("endpoint: expected https://host", e);
    }
    String host = uri.getHost();
    boolean bare =
        host != null
            && uri.getUserInfo() == null
            && uri.getQuery() == null
            && uri.getFragment() == null
            && Set.of("", "/").contains(uri.getPath());
    if (!bare || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
      throw new IllegalArgumentException("endpoint: expected https://host, without a path");
    }
    if (uri.getScheme().equals("http") && !loopback(host)) {
      throw new IllegalArgumentException(
          "endpoint: http is only for a server on this machine; bytes do not cross a network bare");
    }
    return Optional.of(uri);
  }

  /** By its name only: what a resolver says may change. */
  private static boolean loopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static String secret(S3Config config, Map<String, String> environment) {
    String secret;
    if (config.secret_file().isBlank()) {
      secret = environment.getOrDefault(config.secret_env().strip(), "");
    } else {
      try {
        secret = Files.readString(Path.of(config.secret_file().strip()), UTF_8);
      } catch (IOException e) {
        throw new IllegalArgumentException("secret.file: cannot be read", e);
      }
    }
    if (secret.isBlank()) {
      throw new IllegalArgumentException("secret.file or secret.env: holds no secret");
    }
    return secret.strip();
  }

  /** The object's name. It consists of {@code [a-z0-9/-]} only. */
  String nameOf(String path) {
    return prefix + path;
  }

  /** Where the bytes lie, without the keys to it. */
  @Override
  public String toString() {
    String where = endpoint.map(URI::toString).orElse("Amazon S3");
    return "bucket " + bucket + ", region " + region + ", at " + where;
  }
}
