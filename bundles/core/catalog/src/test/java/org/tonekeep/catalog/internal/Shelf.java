package org.tonekeep.catalog.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.catalog.internal.jpa.TrackStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;

/**
 * The catalogue over a test database, with a vault and a queue in memory. {@code alice} has a
 * feature that processes tracks and a trash, {@code bob} neither.
 */
public final class Shelf implements AutoCloseable {
  public static final TenantId ALICE = new TenantId("alice");
  public static final TenantId BOB = new TenantId("bob");
  public static final AccountId ANN = new AccountId("00000000-0000-7000-8000-00000000000a");
  public static final AccountId BEN = new AccountId("00000000-0000-7000-8000-00000000000b");

  /** The account itself, from a network. */
  public static final ByWhom BY_ANN = new ByWhom(Actor.account(ANN), "net");

  public final TestDatabase db;
  public final TestClock clock = TestClock.standing();
  public final MemoryVault vault = new MemoryVault();
  public final MemoryJobs jobs = new MemoryJobs();
  public final TrackListeners listeners = new TrackListeners();
  public final TestAudit audit = new TestAudit();
  public final TrackTrail trail = new TrackTrail(audit);
  public final TrackStore store;
  public final TrackShelf shelf;
  public final CatalogService catalog;

  public Shelf(TestDatabase.Engine engine) {
    this.db = TestDatabase.open(engine, "catalog");
    this.store = new TrackStore(db.unit("catalog"));
    this.shelf =
        new TrackShelf(
            store, listeners, trail, vault, jobs, new OneFeature(), tenants(), db.tx(), clock);
    this.catalog = new CatalogService(store, shelf);
  }

  @Override
  public void close() {
    db.close();
  }

  private static Tenants tenants() {
    List<Tenant> all =
        List.of(
            tenant(ALICE, Map.of("trash.keep", "P7D")), tenant(BOB, Map.of("trash.keep", "PT0S")));
    return new Tenants() {
      @Override
      public Optional<Tenant> find(TenantId id) {
        return all.stream().filter(t -> t.id().equals(id)).findFirst();
      }

      @Override
      public Optional<Tenant> byHost(String host) {
        return Optional.empty();
      }

      @Override
      public List<Tenant> all() {
        return all;
      }
    };
  }

  private static Tenant tenant(TenantId id, Map<String, String> settings) {
    return new Tenant(id, "T", List.of(), Set.of(), Locale.ENGLISH, new Settings(settings), false);
  }

  /** A gate at which one feature processes tracks of {@code alice}. */
  private static final class OneFeature implements Gate {
    @Override
    public boolean isOn(TenantId tenant, String feature) {
      return tenant.equals(ALICE);
    }

    @Override
    public void requireOn(TenantId tenant, String feature) {}

    @Override
    public void requireKept(TenantId tenant, Act act) {}

    @Override
    public Optional<String> featureOf(String path) {
      return Optional.empty();
    }

    @Override
    public List<Feature> listed(TenantId tenant) {
      Feature analysis =
          new Feature(
              "analysis",
              "A",
              Set.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of("analysis.track"));
      return tenant.equals(ALICE) ? List.of(analysis) : List.of();
    }

    @Override
    public List<FeatureState> features() {
      return List.of();
    }
  }

  /** A vault that takes everything but text. */
  public static final class MemoryVault implements Vault {
    public static final long MAX_BYTES = 10_000;
    public final Map<BlobKey, byte[]> received = new HashMap<>();
    public final Map<BlobKey, Blob> recorded = new HashMap<>();

    @Override
    public Blob receiveAudio(TenantId tenant, String owner, InputStream source) throws IOException {
      byte[] bytes = source.readNBytes((int) MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new TooLargeException(MAX_BYTES);
      }
      if (new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).startsWith("text")) {
        throw new UnsupportedAudioException("That is no audio");
      }
      BlobKey key = new BlobKey(tenant, owner, "original", UUID.randomUUID().toString());
      received.put(key, bytes);
      return new Blob(key, bytes.length, "0".repeat(64), "audio/mpeg", "memory");
    }

    @Override
    public long maxUploadBytes(TenantId tenant) {
      return MAX_BYTES;
    }

    @Override
    public Blob store(
        TenantId tenant, String owner, String kind, String mediaType, InputStream source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void record(TenantId tenant, Blob blob) {
      recorded.put(blob.key(), blob);
    }

    @Override
    public Optional<Blob> find(TenantId tenant, BlobKey key) {
      return Optional.ofNullable(recorded.get(key));
    }

    @Override
    public InputStream read(TenantId tenant, BlobKey key, long offset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void discard(TenantId tenant, BlobKey key) {
      recorded.remove(key);
      received.remove(key);
    }

    @Override
    public void abandon(TenantId tenant, Blob blob) {
      received.remove(blob.key());
    }
  }

  /** A queue that only remembers. */
  public static final class MemoryJobs implements Jobs {
    public final List<Job> all = new CopyOnWriteArrayList<>();
    public @Nullable RuntimeException refusal;

    /** Runs between the answer to {@link #ofSubject} and its return. */
    public Runnable meanwhile = () -> {};

    @Override
    public JobId enqueue(TenantId tenant, JobRequest request) {
      return enqueueAt(tenant, request, Instant.EPOCH);
    }

    @Override
    public JobId enqueueAt(TenantId tenant, JobRequest request, Instant runAt) {
      if (refusal != null) {
        throw refusal;
      }
      JobId id = new JobId(UUID.randomUUID().toString());
      all.add(
          new Job(tenant, id, request, JobState.WAITING, 0, 0, 0, "", null, Instant.EPOCH, runAt));
      return id;
    }

    @Override
    public Optional<Job> find(TenantId tenant, JobId id) {
      return all.stream().filter(j -> j.tenant().equals(tenant) && j.id().equals(id)).findFirst();
    }

    @Override
    public List<Job> ofSubject(TenantId tenant, String subject) {
      List<Job> found =
          all.stream()
              .filter(j -> j.tenant().equals(tenant) && j.request().subject().equals(subject))
              .toList();
      meanwhile.run();
      return found;
    }

    @Override
    public List<Job> list(TenantId tenant, @Nullable JobState state, int limit) {
      return all.stream().filter(j -> j.tenant().equals(tenant)).toList();
    }

    @Override
    public boolean cancel(TenantId tenant, JobId id) {
      return all.removeIf(j -> j.tenant().equals(tenant) && j.id().equals(id));
    }

    @Override
    public boolean retry(TenantId tenant, JobId id) {
      throw new UnsupportedOperationException();
    }
  }
}
