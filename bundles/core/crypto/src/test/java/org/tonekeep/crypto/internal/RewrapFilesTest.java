package org.tonekeep.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.crypto.internal.WrappedKeys.OwnerKey;
import org.tonekeep.crypto.internal.WrappedKeys.Rewrapped;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;

/** Keys that are overwritten in their files survive what may happen to files meanwhile. */
public final class RewrapFilesTest {
  private static final TenantId TENANT = KeyLoop.TENANT;
  private static final int OWNERS = 12;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final Map<String, byte[]> sealed = new TreeMap<>();
  private Path home;
  private OpenKeys keys;

  @Before
  public void open() throws IOException {
    home = folder.getRoot().toPath();
    keys = reopened();
    for (int i = 0; i < OWNERS; i++) {
      String owner = UUID.randomUUID().toString();
      keys.owners().create(TENANT, owner);
      sealed.put(owner, keys.owners().seal(TENANT, owner, "t.c", new byte[] {1}));
    }
  }

  private OpenKeys reopened() throws IOException {
    return KeyLoop.open(home, TestClock.standing());
  }

  private void assertAllOpen() throws IOException {
    OpenKeys now = reopened();
    sealed.forEach(
        (owner, bytes) ->
            assertThat(now.owners().open(TENANT, owner, "t.c", bytes)).containsExactly(1));
  }

  private Path file(TenantId tenant, String owner) {
    return home.resolve("keys/owners")
        .resolve(tenant.value())
        .resolve(owner.substring(0, 5))
        .resolve(owner);
  }

  @Test
  public void shouldMendWhatAPowerCutLeftHalfWritten() throws IOException {
    List<Rewrapped> batch = new ArrayList<>();
    for (OwnerKey key : keys.wrapped().ownerKeys(TENANT, "", 100)) {
      WrappedKey to =
          WrappedKey.of(keys.wrapped().ownerKey(TENANT, key.owner()).orElseThrow().bytes());
      batch.add(new Rewrapped(key.owner(), key.key(), to));
    }
    AtomicInteger left = new AtomicInteger(4);
    FileRewraps cut =
        new FileRewraps(
            home.resolve("keys"),
            this::file,
            (tenant, owner, write) -> {
              if (left.getAndDecrement() == 0) {
                throw new IOException("The power is cut");
              }
              return write.run();
            });
    assertThatThrownBy(() -> cut.replace(TENANT, batch)).isInstanceOf(IOException.class);
    String torn = batch.get(5).owner();
    String destroyed = batch.get(6).owner();
    Path half = file(TENANT, torn);
    Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
    byte[] bytes = Files.readAllBytes(half);
    java.util.Arrays.fill(bytes, 20, bytes.length, (byte) 0);
    Files.write(half, bytes);
    keys.owners().destroy(TENANT, destroyed);
    sealed.remove(destroyed);
    assertAllOpen();
    assertThat(home.resolve("keys/rewrap.journal")).doesNotExist();
    assertThat(reopened().owners().exists(TENANT, destroyed)).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(half)))
        .isEqualTo("r--------");
  }

  @Test
  public void shouldPassOverAJournalThatWasHalfDestroyed() throws IOException {
    Files.write(home.resolve("keys/rewrap.journal"), new byte[500]);
    assertAllOpen();
    assertThat(home.resolve("keys/rewrap.journal")).doesNotExist();
    Files.write(home.resolve("keys/rewrap.journal"), new byte[3]);
    assertAllOpen();
  }

  @Test
  public void shouldRefuseToRotateWhileAVersionIsMissing() throws IOException {
    assertThat(keys.rotation().rotate(TENANT).version()).isEqualTo(2);
    Path second = home.resolve("keys/tenants/" + TENANT + ".2");
    Path aside = home.resolve("aside");
    Files.move(second, aside);
    OpenKeys poor = reopened();
    assertThatThrownBy(() -> poor.rotation().rotate(TENANT))
        .isInstanceOf(KeysRefusedException.class)
        .hasMessageContaining("put the keys back");
    assertThat(poor.versions(TENANT)).extracting(KeyDesk.Version::version).containsExactly(1, 2);
    assertThat(poor.versions(TENANT).get(1).made()).isEmpty();
    Files.move(aside, second);
    assertAllOpen();
  }

  @Test
  public void shouldLoseNoKeyWhenTheProcessIsKilledWhileItRotates() throws Exception {
    for (int round = 0; round < Integer.getInteger("tonekeep.kills", 3); round++) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  RotateLoop.class.getName(),
                  home.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        for (int i = 0; line != null; i++) {
          if (i == round % 5) {
            child.toHandle().destroyForcibly();
          }
          line = lines.readLine();
        }
      } finally {
        child.destroyForcibly();
      }
      assertThat(child.waitFor()).isEqualTo(128 + 9);
      assertAllOpen();
      OpenKeys now = reopened();
      int newest = now.rotation().rotate(TENANT).version();
      assertThat(now.rotation().counts(TENANT)).containsEntry(newest, (long) OWNERS);
      assertAllOpen();
    }
  }
}
