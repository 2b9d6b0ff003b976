package org.tonekeep.uploads.internal;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackIntake;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.catalog.api.TrackTexts;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestGate;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestQuotas;
import org.tonekeep.testing.kit.TestTenants;
import org.tonekeep.uploads.internal.jpa.UploadStore;

/** The concern over a fresh database, with a vault in memory and a catalogue that is a list. */
public final class Desk implements AutoCloseable {
  public static final TenantId ALICE = TestTenants.ALICE;
  public static final TenantId BOB = TestTenants.BOB;
  public static final AccountId ANN = new AccountId("01890000-0000-7000-8000-000000000001");
  public static final AccountId BEN = new AccountId("01890000-0000-7000-8000-000000000002");

  final TestClock clock = TestClock.standing();
  final TestTenants tenants = new TestTenants();
  final TestGate gate = TestGate.open();
  final TestAudit audit = new TestAudit();
  final TestQuotas quotas = new TestQuotas();
  final TestKeys keys = new TestKeys(clock);
  final FakeVault vault = new FakeVault();
  final List<Track> tracks = new CopyOnWriteArrayList<>();
  final TestDatabase database;
  final UploadStore store;
  public final Uploads uploads;
  public final Finish finish;
  public final Turns turns = new Turns(Duration.ofSeconds(5));

  Desk(TestDatabase.Engine engine) {
    database = TestDatabase.open(engine, "uploads");
    store = new UploadStore(database.unit("uploads"));
    for (TenantId tenant : List.of(ALICE, BOB)) {
      keys.create(tenant, ANN.value());
      keys.create(tenant, BEN.value());
    }
    TrackIntake intake = new Shelf();
    uploads =
        new Uploads(store, vault, quotas, intake, keys, gate, tenants, audit, database.tx(), clock);
    finish = new Finish(store, uploads, vault, quotas, intake, database.tx());
  }

  /** A sweeper that is never called by its timer. */
  UploadSweeper sweeper() {
    return new UploadSweeper(store, uploads, finish, turns, tenants, clock, Duration.ofDays(1));
  }

  byte[] original(Track track) {
    return vault.bytes.get(track.original());
  }

  @Override
  public void close() {
    database.close();
  }

  private final class Shelf implements TrackIntake {
    @Override
    public TrackTexts describe(
        @Nullable String title, @Nullable String artist, @Nullable String genre, String fileName) {
      if (title != null && title.length() > 300) {
        throw ProblemException.invalid(new ProblemException.FieldError("/title", "Too long"));
      }
      return new TrackTexts(
          title == null ? fileName : title,
          artist == null ? "" : artist,
          genre == null ? "" : genre);
    }

    @Override
    public Track put(TenantId tenant, AccountId owner, Blob blob, TrackTexts texts) {
      vault.record(tenant, blob);
      Track track =
          new Track(
              tenant,
              new TrackId(UUID.randomUUID().toString()),
              owner,
              texts.title(),
              texts.artist(),
              texts.genre(),
              blob.key(),
              blob.mediaType(),
              "wav",
              blob.length(),
              blob.sha256(),
              null,
              null,
              null,
              null,
              null,
              TrackState.READY,
              null,
              clock.instant(),
              null,
              null);
      tracks.add(track);
      return track;
    }
  }
}
