package org.tonekeep.storage.fs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.TenantId;

/** What is particular to files. */
public final class FsBlobStoreTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");
  private static final String OWNER = "01890000-0000-7000-8000-000000000001";
  private static final BlobKey KEY =
      new BlobKey(ALICE, OWNER, "original", "01890000-0000-7000-8000-00000000000a");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path root;
  private FsBlobStore store;

  @Before
  public void open() throws IOException {
    root = folder.getRoot().toPath().toRealPath().resolve("data/blobs");
    store = new FsBlobStore(root);
  }

  @After
  public void close() throws IOException {
    store.close();
  }

  private void put(BlobKey key, int length) throws IOException {
    store.put(key, new ByteArrayInputStream(new byte[length]));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
          .filter(p -> !p.endsWith("lock") && !p.endsWith(Incoming.OPENING))
          .toList();
    }
  }

  @Test
  public void shouldTakeNothingThatWouldLeaveTooLittleRoomForTheDatabase() throws IOException {
    put(KEY, 10);
    FsBlobStore full = new FsBlobStore(root, null, Long.MAX_VALUE);
    BlobKey more = new BlobKey(ALICE, OWNER, "original", "01890000-0000-7000-8000-00000000000b");
    InputStream source = new ByteArrayInputStream(new byte[10]);
    assertThatThrownBy(() -> full.put(more, source)).isInstanceOf(StorageFullException.class);
    assertThat(full.stat(more)).isEmpty();
    assertThat(full.stat(KEY)).isPresent();
    full.close();
    FsBlobStore roomy = new FsBlobStore(root, null, 1);
    assertThat(roomy.put(more, source)).isEqualTo(10);
    roomy.close();
  }

  @Test
  public void shouldKeepFilesAndFoldersFromEverybodyElse() throws IOException {
    put(KEY, 10);
    Path file = root.resolve("alice/01890/" + OWNER + "/original/" + KEY.id());
    assertThat(mode(file)).isEqualTo("rw-------");
    for (Path up = file.getParent(); up.startsWith(root); up = up.getParent()) {
      assertThat(mode(up)).isEqualTo("rwx------");
    }
  }

  @Test
  public void shouldLeaveNoTemporaryFileBehind() throws IOException {
    put(KEY, 10);
    assertThatThrownBy(() -> put(KEY, 10)).isInstanceOf(IOException.class);
    assertThat(files(root)).hasSize(1);
  }

  @Test
  public void shouldRemoveFoldersThatADeleteEmptied() throws IOException {
    BlobKey other = new BlobKey(BOB, OWNER, "original", KEY.id());
    put(KEY, 10);
    put(other, 10);
    store.delete(KEY);
    assertThat(root.resolve("alice")).doesNotExist();
    assertThat(root.resolve("bob")).isDirectory();
    put(KEY, 20);
    assertThat(store.stat(KEY).orElseThrow().length()).isEqualTo(20);
  }

  @Test
  public void shouldNeverFollowAFolderThatIsALink() throws IOException {
    Path outside = folder.newFolder("outside").toPath();
    Path planted = outside.resolve("01890/" + OWNER + "/original");
    Files.createDirectories(planted);
    Files.write(planted.resolve(KEY.id()), new byte[] {1, 2, 3});
    Files.createSymbolicLink(root.resolve("alice"), outside);
    assertThatThrownBy(() -> store.read(KEY, 0, FsBlobStore.TO_THE_END))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> store.stat(KEY)).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> put(new BlobKey(ALICE, OWNER, "peaks", KEY.id()), 1))
        .isInstanceOf(NotDirectoryException.class);
    assertThat(store.list(ALICE, "", "", 10)).isEmpty();
    assertThat(files(outside)).hasSize(1);
  }

  @Test
  public void shouldNeverReadAFileThatIsALink() throws IOException {
    put(KEY, 10);
    Path secret = folder.newFile("secret").toPath();
    BlobKey link = new BlobKey(ALICE, OWNER, "original", "01890000-0000-7000-8000-00000000000b");
    Path file = root.resolve("alice/01890/" + OWNER + "/original/" + link.id());
    Files.createSymbolicLink(file, secret);
    assertThatThrownBy(() -> store.read(link, 0, FsBlobStore.TO_THE_END))
        .isInstanceOf(IOException.class);
    assertThat(store.stat(link)).isEmpty();
    assertThat(store.list(ALICE, "", "", 10)).hasSize(1);
    assertThatThrownBy(() -> put(link, 1)).isInstanceOf(IOException.class);
    assertThat(secret).isEmptyFile();
  }

  @Test
  public void shouldSweepTheUnfinishedFilesOfTheDeadOnly() throws IOException {
    Path dead = Files.createDirectories(root.resolve(".incoming/dead"));
    Files.write(dead.resolve("half"), new byte[100]);
    Files.createFile(dead.resolve("lock"));
    List<Path> alive = folders(root.resolve(".incoming"));
    alive.remove(dead);
    FsBlobStore neighbour = new FsBlobStore(root);
    assertThat(dead).doesNotExist();
    assertThat(alive).hasSize(1).allMatch(Files::isDirectory);
    neighbour.close();
    put(KEY, 10);
    assertThat(store.stat(KEY)).isPresent();
  }

  @Test
  public void shouldFinishAPutThatOutlivesTheStoreAndTakeNoOther() throws IOException {
    FsBlobStore going = new FsBlobStore(root);
    List<Path> before = folders(root.resolve(".incoming"));
    InputStream source =
        new InputStream() {
          private int left = 1000;

          @Override
          public int read() throws IOException {
            if (left == 500) {
              going.close();
              new FsBlobStore(root).close(); // the updated bundle sweeps what the dead left
            }
            return left-- > 0 ? 7 : -1;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int one = read();
            into[offset] = (byte) one;
            return one < 0 ? -1 : 1;
          }
        };
    assertThat(going.put(KEY, source)).isEqualTo(1000);
    assertThat(store.stat(KEY)).isPresent();
    assertThat(folders(root.resolve(".incoming"))).hasSize(before.size() - 1);
    BlobKey another =
        new BlobKey(KEY.tenant(), KEY.owner(), KEY.kind(), java.util.UUID.randomUUID().toString());
    assertThatThrownBy(() -> going.put(another, InputStream.nullInputStream()))
        .isInstanceOf(AdapterMissingException.class);
  }

  @Test
  public void shouldNotSweepANeighbourThatOpensAtTheSameMoment() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> neighbours =
          Collections.nCopies(
              200,
              () -> {
                try (Incoming incoming = Incoming.open(root)) {
                  Files.createFile(incoming.next());
                }
                return null;
              });
      for (Future<Void> opened : threads.invokeAll(neighbours)) {
        opened.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Path> folders(Path in) throws IOException {
    try (Stream<Path> list = Files.list(in)) {
      return new java.util.ArrayList<>(list.toList());
    }
  }

  @Test
  public void shouldIgnoreFilesThatAreNotItsOwn() throws IOException {
    put(KEY, 10);
    Path kind = root.resolve("alice/01890/" + OWNER + "/original");
    Files.createFile(kind.resolve("README"));
    Files.createFile(root.resolve("alice/notes"));
    assertThat(store.list(ALICE, "", "", 10)).extracting(s -> s.key()).containsExactly(KEY);
  }

  @Test
  public void shouldSayThatTheDiskIsFull() throws IOException {
    Path full = Path.of("/dev/full");
    Assume.assumeTrue("This system has no /dev/full", Files.exists(full));
    try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> Disk.copy(new ByteArrayInputStream(new byte[10]), channel, () -> {}))
          .isInstanceOf(StorageFullException.class);
    }
  }

  @Test
  public void shouldPassOtherFailuresOfTheDiskOn() {
    IOException failure = new IOException("Input/output error");
    assertThat(Disk.explained(failure)).isSameAs(failure);
    assertThat(Disk.explained(new IOException("x: No space left on device")))
        .isInstanceOf(StorageFullException.class);
    assertThat(Disk.explained(new IOException("x: Disk quota exceeded")))
        .isInstanceOf(StorageFullException.class);
  }

  @Test
  public void shouldPreferHardLinks() throws IOException {
    Path probe = folder.newFolder("probe").toPath();
    try (Incoming incoming = Incoming.open(probe)) {
      assertThat(Publisher.of(incoming)).isEqualTo(Publisher.LINK);
    }
    assertThat(files(probe)).isEmpty();
  }

  @Test
  public void shouldGuessNoFolder() throws IOException {
    assertThatThrownBy(() -> new FsBlobStore(framework(null), config("")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The property tonekeep.data is not set");
    Path data = folder.newFolder("named").toPath();
    new FsBlobStore(framework(data.toString()), config("")).close();
    assertThat(data.resolve("blobs")).isDirectory();
    Path own = data.resolve("own");
    new FsBlobStore(framework(null), config(own.toString())).close();
    assertThat(own).isDirectory();
  }

  private static BundleContext framework(@Nullable String data) {
    return answering(BundleContext.class, data);
  }

  private static FsBlobStore.Config config(String root) {
    return answering(FsBlobStore.Config.class, root);
  }

  /** The store asks each of the two for one string, and one for a number, which is 0 here. */
  private static <T> T answering(Class<T> type, @Nullable String answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> method.getReturnType() == int.class ? 0 : answer));
  }
}
