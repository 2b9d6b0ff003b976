package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.crypto.api.OwnerKeys.Owned;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;

/** What holds wherever wrapped keys lie: in files and in PostgreSQL. */
@RunWith(Parameterized.class)
public final class WrappedKeysTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");
  private static final String USE = "identity_account.email";
  private static final byte[] PLAIN = "anna@example.org".getBytes(UTF_8);

  @Parameters(name = "{0}")
  public static List<String> stores() {
    return List.of("files", "database");
  }

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final TestClock clock = TestClock.standing();
  private final RootKey root = new RootKey(new byte[32]);
  private final String store;
  private final List<TestDatabase> databases = new ArrayList<>();
  private final String anna = UUID.randomUUID().toString();
  private final String ben = UUID.randomUUID().toString();
  private Place place;
  private OpenKeys keys;

  public WrappedKeysTest(String store) {
    this.store = store;
  }

  /** Two of one place share their keys: two nodes, or two starts of one. */
  private final class Place {
    private final TestDatabase main = database(TestDatabase.Engine.DERBY);
    private final TestDatabase own = database(TestDatabase.Engine.POSTGRES);
    private final Path home;

    Place(String name) {
      this.home = folder.getRoot().toPath().resolve(name);
    }

    private TestDatabase database(TestDatabase.Engine engine) {
      TestDatabase opened =
          TestDatabase.open(store.equals("files") ? TestDatabase.Engine.DERBY : engine);
      databases.add(opened);
      return opened;
    }

    OpenKeys open() throws IOException {
      return open("data", root);
    }

    OpenKeys open(String data, RootKey root) throws IOException {
      return OpenKeys.in(
          KeyPlace.of(
              store, home.resolve("keys"), home.resolve(data), own::dataSource, main::dataSource),
          root,
          home.resolve(data),
          clock);
    }
  }

  @Before
  public void open() throws IOException {
    place = new Place("one");
    keys = place.open();
    keys.owners().create(ALICE, anna);
    keys.owners().create(BOB, ben);
  }

  @After
  public void close() {
    databases.forEach(TestDatabase::close);
  }

  @Test
  public void shouldOpenOnAnotherNodeWhatWasSealedHere() throws IOException {
    byte[] sealed = keys.owners().seal(ALICE, anna, USE, PLAIN);
    byte[] tenants = keys.ring().seal(ALICE, "vault", PLAIN);
    OpenKeys other = place.open();
    assertThat(other.owners().open(ALICE, anna, USE, sealed)).isEqualTo(PLAIN);
    assertThat(other.ring().open(ALICE, "vault", tenants)).isEqualTo(PLAIN);
    assertThat(other.day().mac(PLAIN)).isEqualTo(keys.day().mac(PLAIN));
    other.owners().create(ALICE, ben);
    assertThat(keys.owners().exists(ALICE, ben)).isTrue();
  }

  @Test
  public void shouldNeitherSealTwiceAlikeNorShowThePlainText() {
    byte[] once = keys.owners().seal(ALICE, anna, USE, PLAIN);
    assertThat(keys.owners().seal(ALICE, anna, USE, PLAIN)).isNotEqualTo(once);
    assertThat(new String(once, UTF_8)).doesNotContain("anna");
    assertThat(keys.owners().openText(ALICE, anna, USE, text("ä"))).isEqualTo("ä");
  }

  private String text(String plain) {
    return keys.owners().sealText(ALICE, anna, USE, plain);
  }

  @Test
  public void shouldNotOpenWhatWasMovedOrAltered() {
    byte[] sealed = keys.owners().seal(ALICE, anna, USE, PLAIN);
    keys.owners().create(ALICE, ben);
    keys.owners().create(BOB, anna);
    broken(ALICE, anna, "identity_account.username", sealed);
    broken(ALICE, ben, USE, sealed);
    broken(BOB, anna, USE, sealed);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      broken(ALICE, anna, USE, flipped);
    }
    broken(ALICE, anna, USE, new byte[0]);
    byte[] tenants = keys.ring().seal(ALICE, "vault", PLAIN);
    assertThatThrownBy(() -> keys.ring().open(BOB, "vault", tenants))
        .isInstanceOf(BrokenSealException.class);
    assertThatThrownBy(() -> keys.ring().open(ALICE, "audit", tenants))
        .isInstanceOf(BrokenSealException.class);
  }

  private void broken(TenantId tenant, String owner, String use, byte[] sealed) {
    assertThatThrownBy(() -> keys.owners().open(tenant, owner, use, sealed))
        .isInstanceOf(BrokenSealException.class);
  }

  @Test
  public void shouldNotUnwrapAKeyThatWasMovedOrAltered() {
    WrappedKey key = keys.wrapped().ownerKey(ALICE, anna).orElseThrow();
    keys.wrapped().addOwnerKey(ALICE, ben, key);
    assertThatThrownBy(() -> keys.owners().seal(ALICE, ben, USE, PLAIN))
        .isInstanceOf(BrokenSealException.class);
    byte[] bytes = key.bytes();
    for (int at = 1; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      String owner = UUID.randomUUID().toString();
      keys.wrapped().addOwnerKey(ALICE, owner, WrappedKey.of(flipped));
      assertThatThrownBy(() -> keys.owners().seal(ALICE, owner, USE, PLAIN))
          .isInstanceOf(BrokenSealException.class);
    }
  }

  @Test
  public void shouldDestroyAtOnceHereAndWithinSecondsElsewhere() throws Exception {
    byte[] sealed = keys.owners().seal(ALICE, anna, USE, PLAIN);
    OpenKeys other = place.open();
    assertThat(other.owners().open(ALICE, anna, USE, sealed)).isEqualTo(PLAIN);
    keys.owners().destroy(ALICE, anna);
    keys.owners().destroy(ALICE, anna);
    gone(keys, sealed);
    await().atMost(Duration.ofSeconds(8)).untilAsserted(() -> gone(other, sealed));
    gone(place.open(), sealed);
    assertThat(keys.owners().list(ALICE, "", 10)).isEmpty();
    assertThat(keys.owners().exists(BOB, ben)).isTrue();
  }

  private void gone(OpenKeys where, byte[] sealed) {
    assertThat(where.owners().exists(ALICE, anna)).isFalse();
    assertThatThrownBy(() -> where.owners().open(ALICE, anna, USE, sealed))
        .isInstanceOf(NoOwnerKeyException.class);
    assertThatThrownBy(() -> where.owners().create(ALICE, anna))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  public void shouldKeepAKeyThatIsMadeTwice() {
    byte[] sealed = keys.owners().seal(ALICE, anna, USE, PLAIN);
    keys.owners().create(ALICE, anna);
    assertThat(keys.owners().open(ALICE, anna, USE, sealed)).isEqualTo(PLAIN);
  }

  @Test
  public void shouldMakeOneKeyWhenManyMakeIt() throws IOException {
    OpenKeys other = place.open();
    String owner = UUID.randomUUID().toString();
    List<byte[]> sealed =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(
                i -> {
                  OwnerKeys one = (i % 2 == 0 ? keys : other).owners();
                  one.create(ALICE, owner);
                  return one.seal(ALICE, owner, USE, PLAIN);
                })
            .toList();
    for (byte[] each : sealed) {
      assertThat(keys.owners().open(ALICE, owner, USE, each)).isEqualTo(PLAIN);
      assertThat(other.owners().open(ALICE, owner, USE, each)).isEqualTo(PLAIN);
    }
  }

  @Test
  public void shouldNeverHaveAKeyAfterItWasDestroyedWhileItWasMade() throws IOException {
    OpenKeys other = place.open();
    for (int round = 0; round < 20; round++) {
      String owner = UUID.randomUUID().toString();
      IntStream.range(0, 2)
          .parallel()
          .forEach(
              i -> {
                if (i == 0) {
                  keys.owners().destroy(ALICE, owner);
                } else {
                  try {
                    keys.owners().create(ALICE, owner);
                  } catch (IllegalStateException destroyedFirst) {
                    assertThat(destroyedFirst).hasMessageContaining("destroyed");
                  }
                }
              });
      assertThat(keys.owners().exists(ALICE, owner)).isFalse();
      assertThat(other.owners().exists(ALICE, owner)).isFalse();
    }
  }

  @Test
  public void shouldListOwnersInOrderAfterACursorWithTheTimeOfTheirKey() {
    clock.advance(Duration.ofMinutes(1));
    List<String> made = new ArrayList<>(List.of(anna));
    for (int i = 0; i < 30; i++) {
      made.add(UUID.randomUUID().toString());
      keys.owners().create(ALICE, made.get(made.size() - 1));
    }
    List<String> listed = new ArrayList<>();
    List<Owned> page = keys.owners().list(ALICE, "", 7);
    while (!page.isEmpty()) {
      page.forEach(owned -> listed.add(owned.owner()));
      page = keys.owners().list(ALICE, listed.get(listed.size() - 1), 7);
    }
    assertThat(listed).isEqualTo(made.stream().sorted().toList());
    assertThat(keys.owners().list(BOB, "", 10))
        .containsExactly(new Owned(ben, clock.millis() - 60_000));
  }

  @Test
  public void shouldRefuseAnOwnerThatIsNone() {
    for (String owner : List.of("", "..", "../../" + "a".repeat(30), "A".repeat(36))) {
      assertThatThrownBy(() -> keys.owners().create(ALICE, owner))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> keys.owners().destroy(ALICE, owner))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  public void shouldNotMakeATenantsKeyAnewWhenItIsLost() throws IOException {
    OpenKeys empty = new Place("two").open();
    empty.owners().create(ALICE, anna);
    place = new Place("three");
    Files.createDirectories(place.home.resolve("data"));
    Files.copy(
        folder.getRoot().toPath().resolve("two/data/keys.tenants"),
        place.home.resolve("data/keys.tenants"));
    OpenKeys lost = place.open();
    assertThatThrownBy(() -> lost.owners().create(ALICE, ben))
        .isInstanceOf(KeysRefusedException.class)
        .hasMessageContaining("put the keys of this data back");
    lost.owners().create(BOB, ben);
  }

  @Test
  public void shouldRestoreABackupElsewhereWithoutWhatWasDestroyedMeanwhile() throws IOException {
    byte[] annas = keys.owners().seal(ALICE, anna, USE, PLAIN);
    byte[] bens = keys.owners().seal(BOB, ben, USE, PLAIN);
    char[] passphrase = "correct horse battery".toCharArray();
    byte[] file = KeyBackup.of(root, false, keys.wrapped()).seal(passphrase);
    keys.owners().destroy(ALICE, anna);
    assertThat(new String(file, UTF_8)).doesNotContain(ben);

    // The data folder is the same, the keys are gone.
    Place two = new Place("two");
    Files.createDirectories(two.home);
    Files.move(place.home.resolve("data"), two.home.resolve("data"));
    OpenKeys empty = two.open();
    assertThat(KeyBackup.open(passphrase, file).addTo(empty.wrapped())).isEqualTo(1);
    assertThat(KeyBackup.open(passphrase, file).addTo(empty.wrapped())).isZero();
    OpenKeys restored = two.open();
    assertThat(restored.owners().open(BOB, ben, USE, bens)).isEqualTo(PLAIN);
    gone(restored, annas);
  }

  @Test
  public void shouldRefuseABackupOfAnotherTenantsKey() throws IOException {
    char[] passphrase = "correct horse battery".toCharArray();
    OpenKeys other = new Place("two").open();
    other.owners().create(ALICE, anna);
    KeyBackup backup = KeyBackup.of(root, false, other.wrapped());
    assertThatThrownBy(() -> backup.addTo(keys.wrapped()))
        .isInstanceOf(KeysRefusedException.class)
        .hasMessageContaining("nothing is replaced");
    byte[] file = backup.seal(passphrase);
    file[file.length - 1] ^= 1;
    assertThatThrownBy(() -> KeyBackup.open(passphrase, file))
        .isInstanceOf(BrokenSealException.class);
  }

  @Test
  public void shouldKeepKeysDeadThatCameBackUnderneath() throws IOException {
    WrappedKey key = keys.wrapped().ownerKey(ALICE, anna).orElseThrow();
    keys.owners().destroy(ALICE, anna);
    Place two = new Place("two");
    OpenKeys restored = two.open();
    restored.wrapped().addOwnerKey(ALICE, anna, key);
    Files.copy(
        place.home.resolve("data/keys.destroyed"),
        two.home.resolve("data/keys.destroyed"),
        StandardCopyOption.REPLACE_EXISTING);
    OpenKeys again = two.open();
    assertThat(again.owners().exists(ALICE, anna)).isFalse();
    assertThat(again.wrapped().ledger().destroyed()).containsAll(Set.of(root.mark(ALICE, anna)));
  }

  @Test
  public void shouldEndTheSecretAtMidnightOnAllNodes() throws IOException {
    OpenKeys other = place.open();
    byte[] mac = keys.day().mac(PLAIN);
    clock.advance(Duration.ofHours(12).minusMillis(1));
    assertThat(other.day().mac(PLAIN)).isEqualTo(mac);
    clock.advance(Duration.ofMillis(1));
    byte[] next = other.day().mac(PLAIN);
    assertThat(next).isNotEqualTo(mac).isEqualTo(keys.day().mac(PLAIN));
    assertThat(keys.day().today()).hasToString("2026-11-02");
    assertThat(place.open().day().mac(PLAIN)).isEqualTo(next);
  }
}
