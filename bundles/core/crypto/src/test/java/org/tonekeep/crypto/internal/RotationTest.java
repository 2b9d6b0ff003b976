package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.crypto.internal.KeyDesk.Rotated;
import org.tonekeep.crypto.internal.WrappedKeys.OwnerKey;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;

/** A tenant's key is rotated wherever wrapped keys lie: in files and in PostgreSQL. */
@RunWith(Parameterized.class)
public final class RotationTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");
  private static final String USE = "identity_account.email";
  private static final byte[] PLAIN = "anna@example.org".getBytes(UTF_8);
  private static final int OWNERS = 25;

  @Parameters(name = "{0}")
  public static List<String> stores() {
    return List.of("files", "database");
  }

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final TestClock clock = TestClock.standing();
  private final RootKey root = new RootKey(new byte[32]);
  private final String store;
  private final TestDatabase main;
  private final TestDatabase own;
  private final Map<String, byte[]> sealed = new TreeMap<>();
  private OpenKeys keys;

  public RotationTest(String store) {
    this.store = store;
    this.main = TestDatabase.open(TestDatabase.Engine.DERBY);
    this.own =
        TestDatabase.open(
            store.equals("files") ? TestDatabase.Engine.DERBY : TestDatabase.Engine.POSTGRES);
  }

  private OpenKeys node() throws IOException {
    Path home = folder.getRoot().toPath();
    return OpenKeys.in(
        KeyPlace.of(
            store, home.resolve("keys"), home.resolve("data"), own::dataSource, main::dataSource),
        root,
        home.resolve("data"),
        clock);
  }

  @Before
  public void open() throws IOException {
    keys = node();
    for (int i = 0; i < OWNERS; i++) {
      String owner = UUID.randomUUID().toString();
      keys.owners().create(ALICE, owner);
      sealed.put(owner, keys.owners().seal(ALICE, owner, USE, PLAIN));
    }
  }

  @After
  public void close() {
    main.close();
    own.close();
  }

  private void assertAllOpen(OpenKeys where) {
    sealed.forEach(
        (owner, bytes) ->
            assertThat(where.owners().open(ALICE, owner, USE, bytes)).isEqualTo(PLAIN));
  }

  private static Map<Integer, Long> counts(OpenKeys where) {
    return where.rotation().counts(ALICE);
  }

  @Test
  public void shouldWrapEveryKeyAnewAndChangeNone() throws IOException {
    String bob = UUID.randomUUID().toString();
    keys.owners().create(BOB, bob);
    byte[] tenants = keys.ring().seal(ALICE, "mail", PLAIN);
    assertThat(counts(keys)).isEqualTo(Map.of(1, (long) OWNERS));
    assertThat(keys.rotation().rotate(ALICE)).isEqualTo(new Rotated(2, false, OWNERS, 0));
    assertThat(keys.rotation().rotate(ALICE)).isEqualTo(new Rotated(3, false, OWNERS, 0));
    assertThat(counts(keys)).isEqualTo(Map.of(1, 0L, 2, 0L, 3, (long) OWNERS));
    assertThat(keys.rotation().counts(BOB)).isEqualTo(Map.of(1, 1L));
    OpenKeys again = node();
    for (OpenKeys where : List.of(keys, again)) {
      assertAllOpen(where);
      assertThat(where.ring().open(ALICE, "mail", tenants)).isEqualTo(PLAIN);
    }
    byte[] later = keys.ring().seal(ALICE, "mail", PLAIN);
    assertThat(later).startsWith(2, 0, 0, 0, 3);
    assertThat(again.ring().open(ALICE, "mail", later)).isEqualTo(PLAIN);
    assertThat(again.wrapped().tenants()).containsExactly(ALICE, BOB);
    assertThat(keys.versions(ALICE))
        .extracting(KeyDesk.Version::owners)
        .containsExactly(0L, 0L, 25L);
  }

  @Test
  public void shouldKeepTheTimeAtWhichAKeyWasMade() {
    List<OwnerKey> before = keys.wrapped().ownerKeys(ALICE, "", 100);
    clock.advance(java.time.Duration.ofDays(400));
    assertThat(keys.rotation().rotate(ALICE).version()).isEqualTo(2);
    List<OwnerKey> after = keys.wrapped().ownerKeys(ALICE, "", 100);
    assertThat(after).extracting(OwnerKey::owner).isEqualTo(List.copyOf(sealed.keySet()));
    assertThat(after)
        .extracting(key -> key.key().createdMillis())
        .isEqualTo(before.stream().map(key -> key.key().createdMillis()).toList());
    assertThat(after).doesNotContainAnyElementsOf(before);
  }

  @Test
  public void shouldLetAnotherNodeGoOnWithKeysOfBothVersions() throws IOException {
    OpenKeys other = node();
    String late = UUID.randomUUID().toString();
    assertThat(other.ring().mac(ALICE, "x", PLAIN)).hasSize(32);
    other.owners().create(ALICE, UUID.randomUUID().toString());
    assertThat(keys.rotation().rotate(ALICE).version()).isEqualTo(2);
    assertAllOpen(other);
    // It may still know the first version only; the next rotation takes that key along.
    other.owners().create(ALICE, late);
    byte[] lates = other.owners().seal(ALICE, late, USE, PLAIN);
    Rotated next = keys.rotation().rotate(ALICE);
    assertThat(next.rewrapped()).isPositive();
    assertThat(keys.owners().open(ALICE, late, USE, lates)).isEqualTo(PLAIN);
    assertThat(counts(keys).get(1)).isZero();
  }

  /** Fails after some batches, as a machine does. */
  private record Failing(WrappedKeys inner, AtomicInteger batches) implements WrappedKeys {
    @Override
    public int replaceOwnerKeys(TenantId tenant, List<Rewrapped> batch) {
      if (batches.getAndDecrement() == 0) {
        throw new KeysUnavailableException("The machine stands still", null);
      }
      return inner.replaceOwnerKeys(tenant, batch);
    }

    @Override
    public List<WrappedKey> tenantKeys(TenantId tenant) {
      return inner.tenantKeys(tenant);
    }

    @Override
    public WrappedKey addTenantKey(TenantId tenant, int version, WrappedKey key) {
      return inner.addTenantKey(tenant, version, key);
    }

    @Override
    public java.util.Optional<WrappedKey> ownerKey(TenantId tenant, String owner) {
      return inner.ownerKey(tenant, owner);
    }

    @Override
    public boolean addOwnerKey(TenantId tenant, String owner, WrappedKey key) {
      return inner.addOwnerKey(tenant, owner, key);
    }

    @Override
    public void destroyOwnerKey(TenantId tenant, String owner) {
      inner.destroyOwnerKey(tenant, owner);
    }

    @Override
    public boolean isDestroyed(TenantId tenant, String owner) {
      return inner.isDestroyed(tenant, owner);
    }

    @Override
    public List<OwnerKey> ownerKeys(TenantId tenant, String after, int limit) {
      return inner.ownerKeys(tenant, after, limit);
    }

    @Override
    public List<TenantId> tenants() {
      return inner.tenants();
    }

    @Override
    public void clean() {
      inner.clean();
    }

    @Override
    public KeyLedger ledger() {
      return inner.ledger();
    }
  }

  @Test
  public void shouldEndARotationThatStoppedAfterAnyBatch() throws IOException {
    KnownTenants known =
        new KnownTenants(folder.getRoot().toPath().resolve("data/keys.tenants"), root);
    int version = 1;
    for (int batches = 0; batches < 5; batches++) {
      Failing failing = new Failing(keys.wrapped(), new AtomicInteger(batches));
      Rotation rotation =
          new Rotation(failing, new TenantKeys(failing, root.wrapping(), clock, known), 6);
      assertThatThrownBy(() -> rotation.rotate(ALICE)).isInstanceOf(KeysUnavailableException.class);
      version++;
      OpenKeys next = node();
      assertAllOpen(next);
      assertThat(next.rotation().rotate(ALICE))
          .isEqualTo(new Rotated(version, true, OWNERS - 6L * batches, 0));
      assertAllOpen(next);
    }
  }

  @Test
  public void shouldServeWhileItRotatesAndReviveNothing() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<String> owners = new ArrayList<>(sealed.keySet());
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(
            pool.submit(
                () -> {
                  int reads = 0;
                  while (!over.get()) {
                    keys.owners().forgetAll();
                    assertAllOpen(keys);
                    reads++;
                  }
                  return reads;
                }));
      }
      List<String> gone = owners.subList(0, 5);
      Future<Boolean> destroyer =
          pool.submit(
              () -> {
                for (int i = 0; i < 5; i++) {
                  String victim = UUID.randomUUID().toString();
                  keys.owners().create(ALICE, victim);
                  keys.owners().destroy(ALICE, victim);
                  assertThat(keys.owners().exists(ALICE, victim)).isFalse();
                }
                return true;
              });
      int rounds = store.equals("files") ? 6 : 12;
      IntStream.range(0, rounds)
          .forEach(i -> assertThat(keys.rotation().rotate(ALICE).broken()).isZero());
      assertThat(destroyer.get()).isTrue();
      over.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
      assertThat(gone).allMatch(owner -> keys.owners().exists(ALICE, owner));
      assertThat(keys.owners().list(ALICE, "", 100)).hasSize(OWNERS);
    } finally {
      over.set(true);
      pool.shutdownNow();
    }
  }

  @Test
  public void shouldReplaceOnlyWhatIsStillTheSameKey() {
    List<OwnerKey> page = keys.wrapped().ownerKeys(ALICE, "", 3);
    WrappedKey other = page.get(2).key();
    String gone = page.get(1).owner();
    keys.owners().destroy(ALICE, gone);
    List<WrappedKeys.Rewrapped> batch =
        List.of(
            new WrappedKeys.Rewrapped(page.get(0).owner(), other, other),
            new WrappedKeys.Rewrapped(gone, page.get(1).key(), other),
            new WrappedKeys.Rewrapped(UUID.randomUUID().toString(), other, other));
    assertThat(keys.wrapped().replaceOwnerKeys(ALICE, batch)).isZero();
    assertThat(keys.wrapped().ownerKey(ALICE, page.get(0).owner())).contains(page.get(0).key());
    assertThat(keys.owners().exists(ALICE, gone)).isFalse();
  }

  @Test
  public void shouldRestoreABackupWithAllVersions() throws IOException {
    byte[] tenants = keys.ring().seal(ALICE, "mail", PLAIN);
    char[] passphrase = "correct horse battery".toCharArray();
    byte[] before = KeyBackup.of(root, false, keys.wrapped()).seal(passphrase);
    assertThat(keys.rotation().rotate(ALICE).version()).isEqualTo(2);
    byte[] after = KeyBackup.of(root, false, keys.wrapped()).seal(passphrase);
    assertThat(KeyBackup.open(passphrase, before).addTo(keys.wrapped())).isZero();
    assertAllOpen(keys);
    assertThat(counts(keys)).isEqualTo(Map.of(1, 0L, 2, (long) OWNERS));
    if (store.equals("files")) {
      Path home = folder.newFolder().toPath();
      OpenKeys empty = KeyLoop.open(home, clock);
      assertThat(KeyBackup.open(passphrase, after).addTo(empty.wrapped())).isEqualTo(OWNERS);
      OpenKeys restored = KeyLoop.open(home, clock);
      assertAllOpen(restored);
      assertThat(restored.ring().open(ALICE, "mail", tenants)).isEqualTo(PLAIN);
      assertThat(restored.rotation().rotate(ALICE).version()).isEqualTo(3);
    }
  }
}
