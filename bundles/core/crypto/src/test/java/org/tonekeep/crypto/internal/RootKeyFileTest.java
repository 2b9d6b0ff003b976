package org.tonekeep.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class RootKeyFileTest {
  private static final Instant STARTED = Instant.parse("2020-01-01T00:00:00Z");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path keys;
  private Path data;

  @Before
  public void name() {
    keys = folder.getRoot().toPath().resolve("keys");
    data = folder.getRoot().toPath().resolve("data");
  }

  private RootKey open() throws IOException {
    return new RootKeyFile(keys, data, STARTED).open();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  public void shouldMakeAKeyThatOnlyItsOwnerReadsAndKeepIt() throws IOException {
    RootKey first = open();
    assertThat(keys.resolve("root.key")).hasSize(32);
    assertThat(mode(keys.resolve("root.key"))).isEqualTo("r--------");
    assertThat(mode(keys)).isEqualTo("rwx------");
    try (Stream<Path> left = Files.list(keys)) {
      assertThat(left).hasSize(1);
    }
    assertThat(open().fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  public void shouldMakeAnotherKeyForAnotherInstallation() throws IOException {
    String first = open().fingerprint();
    keys = keys.resolveSibling("keys2");
    data = data.resolveSibling("data2");
    assertThat(open().fingerprint()).isNotEqualTo(first);
  }

  @Test
  public void shouldRefuseWhenTheDataKnowsAKeyThatIsGone() throws IOException {
    open();
    Files.delete(keys.resolve("root.key"));
    refuses("put the keys of this data back");
    assertThat(keys.resolve("root.key")).doesNotExist();
  }

  @Test
  public void shouldRefuseAKeyThatIsNotTheDatas() throws IOException {
    open();
    Files.delete(keys.resolve("root.key"));
    Files.write(keys.resolve("root.key"), new byte[32]);
    refuses("is not the one");
  }

  @Test
  public void shouldRefuseToMakeAKeyBesideBlobs() throws IOException {
    Files.createDirectories(data.resolve("blobs/alice"));
    refuses("put the keys of this data back");
    assertThat(keys.resolve("root.key")).doesNotExist();
  }

  @Test
  public void shouldRefuseToMakeAKeyBesideAnOlderDatabase() throws IOException {
    Path file = Files.createFile(Files.createDirectories(data.resolve("db")).resolve("log1.dat"));
    Files.setLastModifiedTime(file, FileTime.from(STARTED.minusSeconds(1)));
    refuses("put the keys of this data back");
    assertThat(keys.resolve("root.key")).doesNotExist();
  }

  @Test
  public void shouldMakeAKeyBesideTheDatabaseAndTheWorkingFolderOfThisVeryStart()
      throws IOException {
    Files.createFile(Files.createDirectories(data.resolve("db")).resolve("log1.dat"));
    Files.createDirectories(data.resolve("blobs/.incoming/x"));
    open();
    assertThat(keys.resolve("root.key")).exists();
  }

  @Test
  public void shouldRefuseADamagedKey() throws IOException {
    Files.write(Files.createDirectories(keys).resolve("root.key"), new byte[31]);
    refuses("is damaged");
  }

  @Test
  public void shouldAdoptAKeyForAFreshDataFolder() throws IOException {
    String first = open().fingerprint();
    data = data.resolveSibling("data2");
    assertThat(open().fingerprint()).isEqualTo(first);
    assertThat(data.resolve("key.fingerprint")).hasContent(first + "\n");
  }

  @Test
  public void shouldCloseAFolderAndAKeyThatAreOpenToOthers() throws IOException {
    String first = open().fingerprint();
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        keys.resolve("root.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(open().fingerprint()).isEqualTo(first);
    assertThat(mode(keys)).isEqualTo("rwx------");
    assertThat(mode(keys.resolve("root.key"))).isEqualTo("r--------");
  }

  @Test
  public void shouldLeaveTheOwnersOwnModesAlone() throws IOException {
    boolean unused = open().fingerprint().isEmpty();
    Files.setPosixFilePermissions(
        keys.resolve("root.key"), PosixFilePermissions.fromString("rw-------"));
    unused = open().fingerprint().isEmpty();
    assertThat(mode(keys.resolve("root.key"))).isEqualTo("rw-------");
  }

  @Test
  public void shouldMakeAKeyWhereThereAreNoHardLinks() throws IOException {
    KeyDisk.Link none =
        (name, existing) -> {
          throw new UnsupportedOperationException();
        };
    KeyDisk.Link refused =
        (name, existing) -> {
          throw new FileSystemException(name.toString(), null, "Operation not permitted");
        };
    String first = new RootKeyFile(keys, data, STARTED, new KeyDisk(none)).open().fingerprint();
    assertThat(mode(keys.resolve("root.key"))).isEqualTo("r--------");
    assertThat(open().fingerprint()).isEqualTo(first);
    data = data.resolveSibling("data2");
    assertThat(new RootKeyFile(keys, data, STARTED, new KeyDisk(refused)).open().fingerprint())
        .isEqualTo(first);
    try (Stream<Path> left = Files.list(keys)) {
      assertThat(left).hasSize(1);
    }
  }

  private void refuses(String why) {
    assertThatThrownBy(this::open)
        .isInstanceOf(KeysRefusedException.class)
        .hasMessageContaining(why);
  }
}
