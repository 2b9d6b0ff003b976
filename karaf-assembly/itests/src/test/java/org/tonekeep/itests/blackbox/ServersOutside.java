package org.tonekeep.itests.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** A PostgreSQL that writes down every statement, and an S3 server over a folder. */
final class ServersOutside implements AutoCloseable {
  private static final String SECRET = UUID.randomUUID().toString();

  /** In the log's CSV: what was executed, with or without parameters. */
  private static final Pattern STATEMENT =
      Pattern.compile("\"(?:statement|execute [^:]+): ((?:[^\"]++|\"\")*+)\"");

  /** Of the driver and of transactions: no rows of anybody. */
  private static final Pattern NOBODYS =
      Pattern.compile(
          "(?is)(begin|commit|rollback|savepoint|release|set|show|create|alter|drop|discard)\\b.*"
              + "||select 1|.*\\bpg_catalog\\..*|.*\\bpg_(namespace|class|type|locks|advisory).*");

  private final EmbeddedPostgres postgres;
  private final S3Proxy s3;
  private final Path work;

  private ServersOutside(EmbeddedPostgres postgres, S3Proxy s3, Path work) {
    this.postgres = postgres;
    this.s3 = s3;
    this.work = work;
  }

  static ServersOutside start() throws Exception {
    Path root = Files.createDirectories(Path.of(System.getProperty("tonekeep.work")));
    Path work = Files.createTempDirectory(root, "outside-");
    Files.createDirectories(work.resolve("objects/audio"));
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("fsync", "on")
            .setServerConfig("logging_collector", "on")
            .setServerConfig("log_destination", "csvlog")
            .setServerConfig(
                "log_directory", Files.createDirectories(work.resolve("log")).toString())
            .setServerConfig("log_filename", "statements")
            .setServerConfig("log_statement", "all")
            .start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE tonekeep LOGIN PASSWORD 'for this test only'");
      statement.execute("CREATE DATABASE tonekeep OWNER tonekeep");
    }
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", work.resolve("objects").toString());
    S3Proxy s3 =
        S3Proxy.builder()
            .blobStore(BlobStores.create("filesystem-nio2", properties))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, "tonekeep", SECRET)
            .build();
    s3.start();
    return new ServersOutside(postgres, s3, work);
  }

  /** Where the bucket's objects lie. */
  Path objects() {
    return work.resolve("objects");
  }

  Distribution usedBy(Distribution platform) throws IOException {
    return platform
        .with("TONEKEEP_S3_SECRET", SECRET)
        .edit("org.ops4j.datasource-tonekeep.cfg", this::toPostgres)
        .edit("org.tonekeep.storage.s3.cfg", this::toTheBucket);
  }

  private String toPostgres(String text) {
    return text.replace("osgi.jdbc.driver.name = derby", "")
        .replace("url = jdbc:derby:${tonekeep.data}/db;create=true", "")
        .replace("#osgi.jdbc.driver.class", "osgi.jdbc.driver.class")
        .replace(
            "#url = jdbc:postgresql://127.0.0.1:5432",
            "url = jdbc:postgresql://127.0.0.1:" + postgres.getPort())
        .replace("#user = tonekeep", "user = tonekeep")
        .replace("#password = …", "password = for this test only");
  }

  private String toTheBucket(String text) {
    return text.replace("#bucket = ", "bucket = audio")
        .replace("#endpoint = ", "endpoint = http://127.0.0.1:" + s3.getPort())
        .replace("#prefix = ", "prefix = tonekeep/")
        .replace("#access.key = ", "access.key = tonekeep")
        // This server answers 501 to the header.
        .replace("#sse = AES256", "sse = none");
  }

  /** Every different statement that the platform has executed, parameters as {@code ?}. */
  Set<String> statements() throws IOException, SQLException {
    try (Connection connection = postgres.getDatabase("tonekeep", "tonekeep").getConnection()) {
      assert connection.isValid(5);
    }
    List<Path> logs = new ArrayList<>();
    try (Stream<Path> files = Files.list(work.resolve("log"))) {
      files.filter(file -> file.toString().endsWith(".csv")).forEach(logs::add);
    }
    Set<String> statements = new TreeSet<>();
    for (Path log : logs) {
      Matcher matcher = STATEMENT.matcher(Files.readString(log, StandardCharsets.UTF_8));
      while (matcher.find()) {
        String sql = matcher.group(1).replace("\"\"", "\"").replaceAll("\\$[0-9]+", "?").strip();
        if (!NOBODYS.matcher(sql).matches()) {
          statements.add(sql.replaceAll("\\s+", " "));
        }
      }
    }
    return statements;
  }

  @Override
  public void close() throws IOException {
    try {
      s3.stop();
    } catch (Exception e) { // its server declares no less
      throw new IOException(e);
    } finally {
      postgres.close();
    }
  }
}
