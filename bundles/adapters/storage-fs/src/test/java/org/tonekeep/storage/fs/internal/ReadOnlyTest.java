package org.tonekeep.storage.fs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.StorageUnavailableException;
import org.tonekeep.tenant.api.TenantId;

/** A disk that its system mounts read-only, as after an error; needs the right to mount. */
public final class ReadOnlyTest {
  private static final String OWNER = "01890a5d-ac96-774b-bcce-b302099a8057";
  private static final BlobKey KEY = key("1");
  private static final BlobKey OTHER = key("2");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path disk;
  private FsBlobStore store;

  private static BlobKey key(String last) {
    String id = "01890a5d-ac96-774b-bcce-b3020000000" + last;
    return new BlobKey(new TenantId("alice"), OWNER, "original", id);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  @Before
  public void mount() throws IOException, InterruptedException {
    disk = folder.newFolder("disk").toPath();
    Assume.assumeTrue(
        "Nothing can be mounted here",
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()));
    store = new FsBlobStore(disk.resolve("blobs"));
    put(KEY);
  }

  @After
  public void unmount() throws IOException, InterruptedException {
    if (store != null) {
      remount("rw");
      store.close();
      boolean unused = run("umount", "-l", disk.toString());
    }
  }

  private void remount(String how) throws IOException, InterruptedException {
    assertThat(run("mount", "-o", "remount," + how, disk.toString())).isTrue();
  }

  /** The incoming folder's lock is an open file, so the store is closed before the disk is. */
  private void reopenReadOnly() throws IOException, InterruptedException {
    store.close();
    remount("ro");
    store = new FsBlobStore(disk.resolve("blobs"));
  }

  private void put(BlobKey key) throws IOException {
    store.put(key, new ByteArrayInputStream(new byte[] {1, 2, 3}));
  }

  @Test
  public void shouldStartOnAReadOnlyDiskAndReadOn() throws IOException, InterruptedException {
    reopenReadOnly();
    try (InputStream in = store.read(KEY, 1, BlobStore.TO_THE_END)) {
      assertThat(in.readAllBytes()).containsExactly(2, 3);
    }
    assertThat(store.list(KEY.tenant(), "", "", 10)).hasSize(1);
    assertThatThrownBy(() -> put(OTHER)).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(StorageUnavailableException.class);
    assertThat(store.stat(KEY)).isPresent();
  }

  @Test
  public void shouldWriteAgainAsSoonAsTheDiskTakesIt() throws IOException, InterruptedException {
    reopenReadOnly();
    assertThatThrownBy(() -> put(OTHER)).isInstanceOf(StorageUnavailableException.class);
    remount("rw");
    put(OTHER);
    assertThat(store.stat(OTHER)).isPresent();
    assertThat(store.delete(KEY)).isTrue();
  }
}
