package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.api.DailySecret;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;

public final class KeyStartTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final String OWNER = UUID.randomUUID().toString();
  private static final String GONE = UUID.randomUUID().toString();
  private static final byte[] PLAIN = "anna@example.org".getBytes(UTF_8);
  private static final String WORDS = "correct horse battery";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final TestClock clock = TestClock.standing();
  private final List<KeyStart> starts = new ArrayList<>();
  private Path keys;
  private Path data;
  private Framework framework;

  @Before
  public void name() {
    keys = folder.getRoot().toPath().resolve("keys");
    data = folder.getRoot().toPath().resolve("data");
  }

  @After
  public void stop() {
    starts.forEach(KeyStart::stop);
  }

  private KeyStart start(Map<String, String> environment) {
    framework = new Framework(keys, data);
    return started(new KeyStart(framework.context, clock, "files", environment));
  }

  private KeyStart started(KeyStart start) {
    starts.add(start);
    await().until(() -> !start.check().detail().contains("not open yet"));
    return start;
  }

  private KeyStart ready(Map<String, String> environment) {
    KeyStart start = start(environment);
    await().until(() -> start.check().ready() && framework.services.size() == 3);
    return start;
  }

  private void end(KeyStart start) {
    start.stop();
    starts.remove(start);
  }

  @Test
  public void shouldOfferItsServicesAndBeReady() {
    KeyStart start = ready(Map.of());
    assertThat(framework.service(KeyRing.class)).isNotNull();
    assertThat(framework.service(OwnerKeys.class)).isNotNull();
    assertThat(framework.service(DailySecret.class)).isNotNull();
    assertThat(start.check().part()).isEqualTo("keys");
    assertThat(start.check().detail()).contains(keys.resolve("root.key").toString());
    end(start);
    assertThat(framework.services).isEmpty();
  }

  @Test
  public void shouldOfferNothingAndSayWhyUntilTheKeysAreBack() throws IOException {
    end(ready(Map.of()));
    Path away = Files.move(keys.resolve("root.key"), data.resolveSibling("away"));
    KeyStart start = start(Map.of());
    assertThat(framework.services).isEmpty();
    assertThat(start.check().ready()).isFalse();
    assertThat(start.check().detail()).contains("put the keys of this data back");
    Files.move(away, keys.resolve("root.key"));
    await().until(() -> start.check().ready() && framework.services.size() == 3);
  }

  @Test
  public void shouldOfferNothingAndSayWhyWhenTheFolderCannotBeUsed() throws IOException {
    Files.createFile(keys);
    KeyStart start = start(Map.of());
    assertThat(framework.services).isEmpty();
    assertThat(start.check().ready()).isFalse();
  }

  @Test
  public void shouldGuessNeitherFolderNorStore() {
    assertThat(detail(Map.of("tonekeep.data", data.toString()), "files"))
        .isEqualTo("The property tonekeep.keys is not set");
    assertThat(detail(Map.of("tonekeep.keys", keys.toString()), "files"))
        .isEqualTo("The property tonekeep.data is not set");
    assertThat(
            detail(
                Map.of("tonekeep.keys", keys.toString(), "tonekeep.data", data.toString()), "disk"))
        .contains("neither files nor database");
  }

  private String detail(Map<String, String> properties, String store) {
    Framework bare = new Framework(properties);
    KeyStart start = started(new KeyStart(bare.context, clock, store, Map.of()));
    assertThat(start.check().ready()).isFalse();
    assertThat(bare.services).isEmpty();
    return start.check().detail();
  }

  @Test
  public void shouldTakeTheRootKeyFromTheEnvironmentAndMakeNoFile() {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    KeyStart start = ready(Map.of("TONEKEEP_ROOT_KEY", key));
    assertThat(keys.resolve("root.key")).doesNotExist();
    assertThat(start.check().detail()).contains("environment").doesNotContain(key);
    assertThatThrownBy(() -> start.protect(new char[0], WORDS.toCharArray()))
        .isInstanceOf(IllegalStateException.class);
    end(start);
    byte[] other = new byte[32];
    other[0] = 1;
    String otherKey = Base64.getEncoder().encodeToString(other);
    assertThat(start(Map.of("TONEKEEP_ROOT_KEY", otherKey)).check().detail())
        .contains("is not the one");
    assertThat(start(Map.of("TONEKEEP_ROOT_KEY", "c2hvcnQ=")).check().detail())
        .isEqualTo("TONEKEEP_ROOT_KEY must be 32 bytes in base64");
  }

  @Test
  public void shouldWaitForThePassphraseAndStartWithoutARestart() throws IOException {
    KeyStart start = ready(Map.of());
    framework.service(OwnerKeys.class).create(ALICE, OWNER);
    byte[] sealed = framework.service(OwnerKeys.class).seal(ALICE, OWNER, "t.c", PLAIN);
    assertThatThrownBy(() -> start.protect(new char[0], "short".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(keys.resolve("root.key")).exists();
    start.protect(new char[0], WORDS.toCharArray());
    assertThat(keys.resolve("root.key")).doesNotExist();
    assertThat(start.isSealed()).isTrue();
    end(start);

    KeyStart locked = start(Map.of());
    assertThat(locked.check().detail()).isEqualTo("locked: tonekeep:key-unlock");
    assertThat(locked.isLocked()).isTrue();
    assertThat(framework.services).isEmpty();
    assertThatThrownBy(() -> locked.unlock("incorrect horse".toCharArray()))
        .isInstanceOf(BrokenSealException.class);
    assertThat(framework.services).isEmpty();
    locked.unlock(WORDS.toCharArray());
    assertThat(locked.check().ready()).isTrue();
    assertThat(framework.service(OwnerKeys.class).open(ALICE, OWNER, "t.c", sealed))
        .isEqualTo(PLAIN);
    assertThatThrownBy(() -> locked.protect("incorrect horse".toCharArray(), new char[20]))
        .isInstanceOf(BrokenSealException.class);
    locked.protect(WORDS.toCharArray(), "another horse battery".toCharArray());
    end(locked);

    assertThat(start(Map.of("TONEKEEP_KEY_PASSPHRASE", WORDS)).check().detail())
        .startsWith("locked: tonekeep:key-unlock")
        .doesNotContain(WORDS);
    assertThat(ready(Map.of("TONEKEEP_KEY_PASSPHRASE", "another horse battery")).isLocked())
        .isFalse();
  }

  @Test
  public void shouldStartFromThePlainFileWhenACrashLeftBoth() throws IOException {
    KeyStart start = ready(Map.of());
    Path copy = Files.copy(keys.resolve("root.key"), data.resolveSibling("copy"));
    start.protect(new char[0], WORDS.toCharArray());
    end(start);
    Files.move(copy, keys.resolve("root.key"));
    KeyStart again = ready(Map.of());
    assertThat(again.check().detail()).contains("run tonekeep:key-protect again");
    again.protect(new char[0], WORDS.toCharArray());
    assertThat(keys.resolve("root.key")).doesNotExist();
    end(again);
    assertThat(ready(Map.of("TONEKEEP_KEY_PASSPHRASE", WORDS)).isSealed()).isTrue();
  }

  @Test
  public void shouldRestoreABackupIntoAnEmptyFolderBesideItsDataWithoutARestart()
      throws IOException {
    KeyStart start = ready(Map.of());
    OwnerKeys owners = framework.service(OwnerKeys.class);
    owners.create(ALICE, OWNER);
    owners.create(ALICE, GONE);
    byte[] sealed = owners.seal(ALICE, OWNER, "t.c", PLAIN);
    byte[] lost = owners.seal(ALICE, GONE, "t.c", PLAIN);
    Path file = folder.getRoot().toPath().resolve("backup");
    assertThatThrownBy(() -> start.backUp(data.resolve("backup"), WORDS.toCharArray()))
        .hasMessageContaining("apart from");
    start.backUp(file, WORDS.toCharArray());
    assertThatThrownBy(() -> start.backUp(file, WORDS.toCharArray()))
        .hasMessageContaining("is there already");
    owners.destroy(ALICE, GONE);
    assertThat(start.restore(file, WORDS.toCharArray())).isZero();
    end(start);

    Files.move(keys, keys.resolveSibling("lost"), StandardCopyOption.ATOMIC_MOVE);
    KeyStart empty = start(Map.of());
    assertThat(empty.check().detail()).contains("put the keys of this data back");
    assertThatThrownBy(() -> empty.restore(file, "incorrect horse".toCharArray()))
        .isInstanceOf(BrokenSealException.class);
    assertThat(empty.restore(file, WORDS.toCharArray())).isEqualTo(1);
    assertThat(empty.check().ready()).isTrue();
    OwnerKeys restored = framework.service(OwnerKeys.class);
    assertThat(restored.open(ALICE, OWNER, "t.c", sealed)).isEqualTo(PLAIN);
    assertThatThrownBy(() -> restored.open(ALICE, GONE, "t.c", lost))
        .isInstanceOf(NoOwnerKeyException.class);
    end(empty);

    keys = keys.resolveSibling("others");
    data = data.resolveSibling("others-data");
    KeyStart other = ready(Map.of());
    assertThatThrownBy(() -> other.restore(file, WORDS.toCharArray()))
        .isInstanceOf(KeysRefusedException.class);
  }

  @Test
  public void shouldRestoreASealedRootKeySealed() throws IOException {
    KeyStart start = ready(Map.of());
    start.protect(new char[0], WORDS.toCharArray());
    Path file = folder.getRoot().toPath().resolve("backup");
    start.backUp(file, "another horse battery".toCharArray());
    end(start);
    Files.move(keys, keys.resolveSibling("lost"), StandardCopyOption.ATOMIC_MOVE);
    KeyStart empty = start(Map.of());
    assertThat(empty.restore(file, "another horse battery".toCharArray())).isZero();
    assertThat(empty.check().ready()).isTrue();
    assertThat(keys.resolve("root.key")).doesNotExist();
    assertThat(keys.resolve("root.key.sealed")).exists();
  }

  @Test
  public void shouldWaitForTheDatabaseOfKeysAndRefuseTheMainOne() {
    framework = new Framework(keys, data);
    try (TestDatabase main = TestDatabase.open(TestDatabase.Engine.POSTGRES);
        TestDatabase own = TestDatabase.open(TestDatabase.Engine.POSTGRES);
        TestDatabase derby = TestDatabase.open(TestDatabase.Engine.DERBY)) {
      KeyStart start = started(new KeyStart(framework.context, clock, "database", Map.of()));
      assertThat(start.check().detail()).contains("configure the data source tonekeep-keys");
      start.mainDatabase = main.dataSource();
      start.keysDatabase = main.dataSource();
      await().until(() -> start.check().detail().contains("is the main database"));
      start.keysDatabase = derby.dataSource();
      await().until(() -> start.check().detail().contains("must be PostgreSQL"));
      assertThat(framework.services).isEmpty();
      start.keysDatabase = own.unwatched(); // its tables are not the tenants'
      await().until(() -> start.check().ready() && framework.services.size() == 3);
      framework.service(OwnerKeys.class).create(ALICE, OWNER);
      assertThat(keys.resolve("owners")).doesNotExist();
      start.keysDatabase = null;
      await().until(() -> !start.check().ready());
      assertThat(framework.services).isEmpty();
      start.keysDatabase = own.unwatched(); // its tables are not the tenants'
      await().until(() -> start.check().ready() && framework.services.size() == 3);
      assertThat(framework.service(OwnerKeys.class).exists(ALICE, OWNER)).isTrue();
      end(start);
    }
  }
}
