package org.tonekeep.storage.fs.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.tenant.api.TenantId;

/** A process that is killed while it puts blobs loses nothing that it had acknowledged. */
public final class CrashTest {
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED = 40;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void shouldKeepEveryAcknowledgedBlobWholeAndShowNoPartOfAnother() throws Exception {
    Path root = folder.getRoot().toPath().resolve("blobs");
    List<String> acknowledged = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      acknowledged.addAll(runAndKill(root, ACKNOWLEDGED + 7 * round));
      FsBlobStore store = new FsBlobStore(root);
      List<BlobKey> visible = keys(store);
      assertThat(visible).extracting(BlobKey::path).containsAll(acknowledged);
      // Each thread may have published one more blob than it could say; it must be whole, too.
      assertThat(visible.size() - acknowledged.size()).isBetween(0, PutLoop.THREADS * round);
      for (BlobKey key : visible) {
        try (InputStream in = store.read(key, 0, FsBlobStore.TO_THE_END)) {
          assertThat(in.readAllBytes()).isEqualTo(PutLoop.bytesOf(key));
        }
      }
      assertThat(root.resolve(Incoming.FOLDER)).isDirectoryContaining(p -> true);
      store.close();
      assertThat(root.resolve(Incoming.FOLDER)).isEmptyDirectory();
    }
  }

  private static List<String> runAndKill(Path root, int enough) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                PutLoop.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new java.io.InputStreamReader(child.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (said.size() == enough) {
          // By the handle: Process.destroyForcibly would also close the pipe that is read here.
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor()).isEqualTo(128 + 9);
    assertThat(said).hasSizeGreaterThanOrEqualTo(enough);
    // The pipe may end in half a line.
    return said.stream().filter(line -> line.matches("[a-z]+/.{36}/original/.{36}")).toList();
  }

  private static List<BlobKey> keys(FsBlobStore store) throws IOException {
    List<BlobKey> keys = new ArrayList<>();
    for (String tenant : List.of("alice", "bob")) {
      String after = "";
      List<BlobStat> page;
      do {
        page = store.list(new TenantId(tenant), "", after, 25);
        page.forEach(stat -> keys.add(stat.key()));
        after = page.isEmpty() ? "" : page.get(page.size() - 1).key().path();
      } while (page.size() == 25);
    }
    return keys;
  }
}
