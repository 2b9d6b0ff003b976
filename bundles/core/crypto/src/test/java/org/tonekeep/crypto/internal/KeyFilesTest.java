package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;

/** What lies on the disk. */
public final class KeyFilesTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final byte[] MESSAGE = "message".getBytes(UTF_8);
  private static final String MARK = "0123456789abcdef".repeat(2);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final TestClock clock = TestClock.standing();
  private final String owner = UUID.randomUUID().toString();
  private Path keys;
  private Path data;

  @Before
  public void name() {
    keys = folder.getRoot().toPath().resolve("keys");
    data = folder.getRoot().toPath().resolve("data");
  }

  private OpenKeys open() throws IOException {
    return OpenKeys.in(new KeyPlace.Folder(keys, data), new RootKey(new byte[32]), data, clock);
  }

  private Path ownerFile() {
    return keys.resolve("owners/alice/" + owner.substring(0, 5) + "/" + owner);
  }

  @Test
  public void shouldLetOnlyTheOwnerOfTheProcessIn() throws IOException {
    OpenKeys opened = open();
    opened.owners().create(ALICE, owner);
    assertThat(opened.day().mac(MESSAGE)).hasSize(32);
    opened.owners().destroy(ALICE, UUID.randomUUID().toString());
    try (Stream<Path> all = Files.walk(keys)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        if (Files.isDirectory(path)) {
          assertThat(mode).as(path.toString()).isEqualTo("rwx------");
        } else if (path.endsWith("destroyed")) {
          assertThat(mode).as(path.toString()).isEqualTo("rw-------");
        } else {
          assertThat(mode).as(path.toString()).isEqualTo("r--------");
        }
      }
    }
    assertThat(ownerFile()).exists();
  }

  @Test
  public void shouldSweepWhatACrashLeft() throws IOException {
    open().owners().create(ALICE, owner);
    for (Path place : List.of(keys, keys.resolve("tenants"), KeyDisk.parent(ownerFile()))) {
      Files.write(place.resolve("." + UUID.randomUUID()), new byte[20]);
    }
    Files.createDirectories(keys.resolve("day"));
    Files.write(keys.resolve("day/." + UUID.randomUUID()), new byte[20]);
    OpenKeys opened = open();
    assertThat(opened.owners().list(ALICE, "", 10)).hasSize(1);
    try (Stream<Path> all = Files.walk(keys)) {
      assertThat(all).noneMatch(path -> path.getFileName().toString().startsWith("."));
    }
  }

  @Test
  public void shouldFinishADestructionThatACrashCutShort() throws IOException {
    OpenKeys opened = open();
    opened.owners().create(ALICE, owner);
    byte[] wrapped = Files.readAllBytes(ownerFile());
    opened.owners().destroy(ALICE, owner);
    assertThat(ownerFile()).doesNotExist();
    // The grave was written, the file not yet unlinked.
    Files.write(ownerFile(), wrapped);
    assertThat(opened.owners().exists(ALICE, owner)).isFalse();
    assertThat(open().owners().exists(ALICE, owner)).isFalse();
    assertThat(ownerFile()).doesNotExist();
  }

  @Test
  public void shouldOverwriteWhatItDestroys() throws IOException {
    Path file = Files.write(folder.getRoot().toPath().resolve("secret"), new byte[] {1, 2, 3});
    Path link = Files.createLink(folder.getRoot().toPath().resolve("other"), file);
    KeyDisk.destroy(file);
    KeyDisk.destroy(file);
    assertThat(file).doesNotExist();
    assertThat(Files.readAllBytes(link)).isEqualTo(new byte[3]);
  }

  @Test
  public void shouldForgetALineThatWasCutShortAndNoOther() throws IOException {
    Path file = Files.createDirectories(keys).resolve("destroyed");
    Files.writeString(file, MARK + "\n" + MARK.substring(3));
    Marks marks = new Marks(file, data.resolve("keys.destroyed"));
    assertThat(marks.all()).containsExactly(MARK);
    String next = "f".repeat(32);
    marks.add(next);
    assertThat(new Marks(file).all()).containsExactly(MARK, next);
    assertThat(new Marks(data.resolve("keys.destroyed")).all()).containsExactly(MARK, next);
    KeyDisk.append(file, ("a".repeat(32) + "\n").getBytes(UTF_8));
    assertThat(marks.contains("a".repeat(32))).as("what another process appended").isTrue();
  }

  @Test
  public void shouldKeepTheSecretOfTheDayInOneFileUntilMidnight() throws IOException {
    OpenKeys opened = open();
    byte[] mac = opened.day().mac(MESSAGE);
    Path today = keys.resolve("day/2026-11-01");
    assertThat(today).hasSize(32);
    assertThat(open().day().mac(MESSAGE)).as("after a restart").isEqualTo(mac);
    Path link = Files.createLink(folder.getRoot().toPath().resolve("link"), today);
    clock.advance(Duration.ofHours(12));
    opened.tick(List.of());
    assertThat(today).doesNotExist();
    assertThat(Files.readAllBytes(link)).isEqualTo(new byte[32]);
    assertThat(opened.day().mac(MESSAGE)).isNotEqualTo(mac);
  }

  @Test
  public void shouldOnlySplitTheDayWhenItsSecretIsLostOrDamaged() throws IOException {
    byte[] mac = open().day().mac(MESSAGE);
    KeyDisk.destroy(keys.resolve("day/2026-11-01"));
    byte[] second = open().day().mac(MESSAGE);
    assertThat(second).isNotEqualTo(mac);
    KeyDisk.replace(keys.resolve("day/2026-11-01"), new byte[5], KeyDisk.KEY_MODE);
    assertThat(open().day().mac(MESSAGE)).isNotEqualTo(mac).isNotEqualTo(second);
  }

  @Test
  public void shouldDestroyYesterdaysSecretAtAStartAfterMidnight() throws IOException {
    assertThat(open().day().mac(MESSAGE)).hasSize(32);
    clock.advance(Duration.ofDays(3));
    assertThat(open().day().today()).hasToString("2026-11-04");
    assertThat(keys.resolve("day")).isEmptyDirectory();
  }
}
