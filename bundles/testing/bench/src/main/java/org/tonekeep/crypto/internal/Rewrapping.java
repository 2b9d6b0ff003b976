package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;

/**
 * Rotates a tenant's key with many owners, in files and in PostgreSQL, while a reader opens fifty
 * owners' seals a second, each with an empty cache.
 */
public final class Rewrapping {
  private static final TenantId TENANT = new TenantId("bench");
  private static final RootKey ROOT = new RootKey(new byte[32]);
  private static final int READS_PER_SECOND = 50;

  private Rewrapping() {}

  /**
   * @param arguments a folder, and how many owners
   */
  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    Path home = Path.of(arguments[0]);
    int owners = Integer.parseInt(arguments[1]);
    measure("files", home, owners, null);
    try (TestDatabase main = TestDatabase.open(TestDatabase.Engine.DERBY);
        TestDatabase keys = TestDatabase.open(TestDatabase.Engine.POSTGRES)) {
      measure("PostgreSQL", home.resolve("database"), owners, new Databases(main, keys));
    }
  }

  private record Databases(TestDatabase main, TestDatabase keys) {}

  private static void measure(
      String where, Path home, int count, @org.jspecify.annotations.Nullable Databases databases)
      throws IOException, SQLException, InterruptedException {
    Path data = home.resolve("data");
    Path folder = home.resolve("keys");
    OpenKeys keys =
        OpenKeys.in(
            databases == null
                ? new KeyPlace.Folder(folder, data)
                : KeyPlace.of(
                    "database",
                    folder,
                    data,
                    databases.keys()::dataSource,
                    databases.main()::dataSource),
            ROOT,
            data,
            Clock.systemUTC());
    TenantKeys tenants =
        new TenantKeys(
            keys.wrapped(),
            ROOT.wrapping(),
            Clock.systemUTC(),
            new KnownTenants(data.resolve("keys.tenants"), ROOT));
    List<String> owners = new ArrayList<>();
    Random random = new Random(1);
    long now = Clock.systemUTC().millis();
    for (int i = 0; i < count; i++) {
      // UUIDv7 over a year, as accounts have them.
      long millis = now - random.nextLong(365L * 24 * 3600 * 1000);
      owners.add(new UUID(millis << 16 | 0x7000, random.nextLong()).toString());
    }
    if (databases == null) {
      fill(folder.resolve("owners").resolve(TENANT.value()), owners, tenants);
    } else {
      fill(databases.keys(), owners, tenants);
    }
    byte[][] sealed = new byte[500][];
    for (int i = 0; i < sealed.length; i++) {
      sealed[i] = keys.owners().seal(TENANT, owners.get(i), "t.c", new byte[16]);
    }
    AtomicBoolean over = new AtomicBoolean();
    List<Long> latencies = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              for (int i = 0; !over.get(); i = (i + 1) % sealed.length) {
                keys.owners().forgetAll();
                long start = System.nanoTime();
                byte[] plain = keys.owners().open(TENANT, owners.get(i), "t.c", sealed[i]);
                latencies.add(System.nanoTime() - start);
                LockSupport.parkNanos(1_000_000_000L / READS_PER_SECOND - plain.length);
              }
            });
    reader.start();
    long start = System.nanoTime();
    KeyDesk.Rotated rotated = keys.rotation().rotate(TENANT);
    double seconds = (System.nanoTime() - start) / 1e9;
    over.set(true);
    reader.join();
    long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%s: %d of %d owners' keys wrapped anew in %.1f s; %d opened meanwhile, %.1f ms at 99 of"
            + " 100, %.1f ms at most%n",
        where,
        rotated.rewrapped(),
        count,
        seconds,
        sorted.length,
        sorted[sorted.length * 99 / 100] / 1e6,
        sorted[sorted.length - 1] / 1e6);
    if (rotated.rewrapped() != count || rotated.broken() > 0) {
      throw new IllegalStateException("Not all keys were wrapped anew: " + rotated);
    }
    for (int i = 0; i < sealed.length; i++) {
      if (!Arrays.equals(
          keys.owners().open(TENANT, owners.get(i), "t.c", sealed[i]), new byte[16])) {
        throw new IllegalStateException("A seal opens to something else");
      }
    }
  }

  private static WrappedKey wrapped(String owner, TenantKeys tenants) {
    return WrappedKey.ofOwner(
        tenants.wrapping(TENANT, 1), 1, TENANT, owner, Clock.systemUTC().millis(), Gcm.newKey());
  }

  /** Without a sync for each: only the rotation is measured. */
  private static void fill(Path folder, List<String> owners, TenantKeys tenants)
      throws IOException {
    int first = tenants.newest(TENANT);
    assert first == 1;
    for (String owner : owners) {
      Path fan = Files.createDirectories(folder.resolve(owner.substring(0, 5)));
      Files.write(fan.resolve(owner), wrapped(owner, tenants).bytes());
    }
  }

  private static void fill(TestDatabase database, List<String> owners, TenantKeys tenants)
      throws SQLException {
    int first = tenants.newest(TENANT);
    assert first == 1;
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO crypto_owner (tenant, owner, wrapped) VALUES (?, ?, ?)")) {
      connection.setAutoCommit(false);
      for (String owner : owners) {
        insert.setString(1, TENANT.value());
        insert.setString(2, owner);
        insert.setString(3, Base64.getEncoder().encodeToString(wrapped(owner, tenants).bytes()));
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    }
  }
}
