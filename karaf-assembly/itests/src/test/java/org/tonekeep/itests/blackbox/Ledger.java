package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The data of a platform that does not run, read from outside: what its database says beside what
 * lies on the disk.
 */
final class Ledger {
  private static final long PREFIX = 62;
  private static final long TINK_HEADER = 40;
  private static final long SEGMENT = 16 << 10;
  private static final long TAG = 16;

  private final Path blobs;

  /** Track id to row. */
  private final Map<String, Map<String, String>> tracks;

  /** Blob path to row. */
  private final Map<String, Map<String, String>> blobRows;

  private final List<Map<String, String>> jobs;
  private final List<Map<String, String>> analyses;

  private Ledger(Path data, Connection connection) throws SQLException {
    this.blobs = data.resolve("blobs");
    this.tracks = new HashMap<>();
    this.blobRows = new HashMap<>();
    rows(connection, "catalog_track").forEach(row -> tracks.put(row.get("id"), row));
    rows(connection, "vault_blob")
        .forEach(row -> blobRows.put(path(row, "owner_id", "kind", "id"), row));
    this.jobs = rows(connection, "jobs_job");
    this.analyses = rows(connection, "analysis_track");
  }

  /** Opens the Derby database in the data folder, reads it, and closes it. */
  static Ledger ofDerby(Path data) throws SQLException {
    String url = "jdbc:derby:" + data.resolve("db");
    try (Connection connection = DriverManager.getConnection(url)) {
      return new Ledger(data, connection);
    } finally {
      close(url + ";shutdown=true");
    }
  }

  private static void close(String url) throws SQLException {
    try (Connection never = DriverManager.getConnection(url)) {
      throw new SQLException("It did not close but gave " + never);
    } catch (SQLException e) {
      if (!"08006".equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private static List<Map<String, String>> rows(Connection connection, String table)
      throws SQLException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
      while (result.next()) {
        Map<String, String> row = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnName(i), result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String path(Map<String, String> row, String owner, String kind, String id) {
    return row.get("tenant") + "/" + row.get(owner) + "/" + row.get(kind) + "/" + row.get(id);
  }

  /** The ids of an account's tracks. */
  List<String> tracksOf(String account) {
    return tracks.values().stream()
        .filter(track -> track.get("owner").equals(account))
        .map(track -> track.get("id"))
        .toList();
  }

  /** Every upload that was acknowledged (track id to SHA-256) is whole, in rows and in bytes. */
  void assertHolds(Map<String, String> acknowledged) {
    assertThat(tracks.keySet()).containsAll(acknowledged.keySet());
    acknowledged.forEach(
        (id, sha256) -> assertThat(tracks.get(id).get("sha256")).as(id).isEqualTo(sha256));
  }

  /** Track, blob and job, and analysis and blob: each with the others or not at all. */
  void assertNothingTorn() throws IOException {
    Set<String> expected = new HashSet<>();
    for (Map.Entry<String, Map<String, String>> track : tracks.entrySet()) {
      String blob = path(track.getValue(), "owner", "blob_kind", "blob_id");
      expected.add(blob);
      assertThat(blobRows).as("blob row of track " + track.getKey()).containsKey(blob);
      assertThat(blobRows.get(blob).get("sha256")).isEqualTo(track.getValue().get("sha256"));
      assertThat(jobsOf(track.getKey())).as("jobs of track " + track.getKey()).hasSize(1);
      boolean ready = track.getValue().get("state").equals("ready");
      assertThat(analyses.stream().anyMatch(a -> a.get("track_id").equals(track.getKey())))
          .as("analysis of " + track)
          .isEqualTo(ready);
    }
    for (Map<String, String> analysis : analyses) {
      expected.add(
          analysis.get("tenant")
              + "/"
              + analysis.get("owner_id")
              + "/peaks/"
              + analysis.get("peaks_id"));
    }
    assertThat(blobRows.keySet()).as("blob rows").isEqualTo(expected);
    for (Map.Entry<String, Map<String, String>> blob : blobRows.entrySet()) {
      assertThat(plainLength(Files.size(file(blob.getKey()))))
          .as(blob.getKey())
          .isEqualTo(Long.parseLong(blob.getValue().get("byte_count")));
    }
    jobs.stream()
        .filter(job -> job.get("kind").equals("analysis.track"))
        .forEach(job -> assertThat(tracks).containsKey(job.get("subject")));
  }

  /**
   * How many bytes are encrypted in a file of so many: what it holds only its owner's key opens.
   */
  private static long plainLength(long stored) {
    long body = stored - PREFIX;
    return body - TINK_HEADER - (body + SEGMENT - 1) / SEGMENT * TAG;
  }

  private List<Map<String, String>> jobsOf(String track) {
    return jobs.stream().filter(job -> job.get("subject").equals(track)).toList();
  }

  private Path file(String path) {
    String[] parts = path.split("/");
    return blobs
        .resolve(parts[0])
        .resolve(parts[1].substring(0, 5))
        .resolve(parts[1])
        .resolve(parts[2])
        .resolve(parts[3]);
  }

  /** Finished files that no row knows: bytes of uploads that nobody was told had arrived. */
  long unknownFiles() throws IOException {
    Set<Path> known = new HashSet<>();
    blobRows.keySet().forEach(path -> known.add(file(path)));
    try (Stream<Path> files = Files.walk(blobs)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(blobs.resolve(".incoming")))
          .filter(file -> !known.contains(file))
          .count();
    }
  }
}
