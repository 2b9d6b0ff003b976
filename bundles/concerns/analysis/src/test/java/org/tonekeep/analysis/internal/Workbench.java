package org.tonekeep.analysis.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tonekeep.analysis.internal.jpa.AnalysisStore;
import org.tonekeep.audio.api.AudioDecoder.Decoded;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.PcmFormat;
import org.tonekeep.audio.api.PcmSink;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.testing.kit.TestDatabase;

/** Two tenants, a shelf, a vault, a real database and a decoder that plays what a test says. */
final class Workbench implements AutoCloseable {
  static final TenantId ALICE = new TenantId("alice");
  static final TenantId BOB = new TenantId("bob");
  static final AccountId OWNER = new AccountId("00000000-0000-7000-8000-aaaaaaaaaaaa");
  static final AccountId STRANGER = new AccountId("00000000-0000-7000-8000-bbbbbbbbbbbb");
  static final String TRACK = "00000000-0000-7000-8000-cccccccccccc";
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  final FakeShelf shelf = new FakeShelf();
  final FakeVault vault = new FakeVault();
  final TestDatabase database = TestDatabase.open(TestDatabase.Engine.DERBY, "analysis");
  final AnalysisStore store = new AnalysisStore(database.unit("analysis"));
  final AnalysisData data = new AnalysisData(store, vault, database.tx());
  final AnalysedTracks tracks = new AnalysedTracks(tenants(), shelf, store, vault);
  final FakeQueue queue = new FakeQueue();
  final AnalysisRequests requests = new AnalysisRequests(tracks, shelf, queue, database.tx());
  final List<String> progress = new ArrayList<>();
  volatile Map<String, String> settings = Map.of();
  Supplier<float[]> audio = () -> Tones.sine(new PcmFormat(44_100, 2), Tones.part(-20, 5));
  boolean truncated;

  Track track(TenantId tenant) throws IOException {
    Blob blob = vault.receiveAudio(tenant, OWNER.value(), new ByteArrayInputStream(new byte[1000]));
    vault.record(tenant, blob);
    return shelf.add(tenant, OWNER, TRACK, blob.key(), 1000);
  }

  AnalysisJob job() {
    return new AnalysisJob(
        tenants(), shelf, vault, new Played(), store, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** The decoder, without OSGi. */
  private final class Played extends Decoders {
    @Override
    public Decoded decode(Tenant tenant, AudioSource source, PcmSink sink) throws IOException {
      PcmFormat format = new PcmFormat(44_100, 2);
      try (var in = source.open()) {
        if (in.readAllBytes().length != source.length()) {
          throw new IOException("The source is short");
        }
      }
      float[] samples = audio.get();
      sink.begin(format, samples.length / 2);
      Tones.feed(samples, 2, sink::samples);
      return new Decoded(format, samples.length / 2, truncated);
    }
  }

  JobContext context(TenantId tenant) {
    return context(tenant, Runnable::run);
  }

  /**
   * @param commit what {@link JobContext#commit} does with its work
   */
  JobContext context(TenantId tenant, java.util.function.Consumer<Runnable> commit) {
    JobRequest request = new JobRequest(OWNER.value(), "analysis.track", TRACK, Map.of());
    Job job =
        new Job(
            tenant,
            new JobId("00000000-0000-7000-8000-dddddddddddd"),
            request,
            JobState.RUNNING,
            1,
            0,
            0,
            "",
            null,
            NOW,
            NOW);
    return new JobContext() {
      @Override
      public Job job() {
        return job;
      }

      @Override
      public void progress(long done, long total, String stage) {
        progress.add(stage + " " + done + "/" + total);
      }

      @Override
      public void checkCancelled() {}

      @Override
      public void commit(Runnable work) {
        database.tx().run(tenant, () -> commit.accept(work));
      }
    };
  }

  /** The tenants with the settings of the moment. */
  Tenants tenants() {
    return new Tenants() {
      @Override
      public Optional<Tenant> find(TenantId id) {
        return all().stream().filter(t -> t.id().equals(id)).findFirst();
      }

      @Override
      public Optional<Tenant> byHost(String host) {
        return Optional.empty();
      }

      @Override
      public List<Tenant> all() {
        return List.of(tenant(ALICE), tenant(BOB));
      }
    };
  }

  private Tenant tenant(TenantId id) {
    return new Tenant(
        id, id.value(), List.of(), Set.of(), Locale.ENGLISH, new Settings(settings), false);
  }

  @Override
  public void close() {
    database.close();
  }
}
