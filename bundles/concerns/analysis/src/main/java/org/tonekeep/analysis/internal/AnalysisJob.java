package org.tonekeep.analysis.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.analysis.internal.jpa.AnalysisStore;
import org.tonekeep.audio.api.AudioDecoder.Decoded;
import org.tonekeep.audio.api.UndecodableAudioException;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Analyses one track. Idempotent: what an earlier attempt or an earlier analysis left is replaced
 * in the transaction that ends the job; bytes of an attempt that did not commit are thrown away.
 */
@Component(service = JobHandler.class)
public final class AnalysisJob implements JobHandler {
  static final String KIND = "analysis.track";
  static final String PEAKS = "peaks";
  static final String CANCELLED = "The analysis was cancelled";

  private final Tenants tenants;
  private final Catalog catalog;
  private final Vault vault;
  private final Decoders decoders;
  private final AnalysisStore store;
  private final Clock clock;

  @Activate
  public AnalysisJob(
      @Reference Tenants tenants,
      @Reference Catalog catalog,
      @Reference Vault vault,
      @Reference Decoders decoders,
      @Reference AnalysisStore store,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.catalog = catalog;
    this.vault = vault;
    this.decoders = decoders;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext context) throws IOException, InterruptedException {
    Tenant tenant = tenants.require(context.job().tenant());
    TrackId id = new TrackId(context.job().request().subject());
    Optional<Track> found = catalog.find(tenant.id(), id);
    if (found.isEmpty()) {
      return; // deleted meanwhile; a track that comes back from the trash gets a job of its own
    }
    Track track = found.get();
    if (isDone(context.job(), track)) {
      return;
    }
    catalog.analysing(tenant.id(), id);
    VaultSource source = new VaultSource(vault, track);
    TrackMeasurement measurement =
        new TrackMeasurement(
            tenant.get(AnalysisFeature.LOUDNESS),
            (frames, expected) -> report(context, source, frames, expected));
    Decoded decoded = decode(tenant, source, measurement);
    context.progress(decoded.frames(), decoded.frames(), "storing");
    Blob peaks;
    try (InputStream bytes = measurement.peaks(tenant.get(AnalysisFeature.MAX_PIXELS))) {
      peaks =
          vault.store(tenant.id(), track.owner().value(), PEAKS, "application/octet-stream", bytes);
    }
    finish(context, track, decoded, measurement.loudness(), peaks);
  }

  /** A track that came back from the trash may have two jobs: the first one's work is enough. */
  private boolean isDone(Job job, Track track) {
    return track.state() == TrackState.READY
        && store
            .find(track.tenant(), track.id())
            .filter(a -> !a.analysedAt().isBefore(job.createdAt()))
            .isPresent();
  }

  private Decoded decode(Tenant tenant, VaultSource source, TrackMeasurement measurement)
      throws IOException, InterruptedException {
    try {
      return decoders.decode(tenant, source, measurement);
    } catch (UndecodableAudioException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()));
    } catch (InterruptedIOException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
  }

  /** By time when the file says how long it is, else by bytes. */
  private static void report(JobContext context, VaultSource source, long frames, long expected) {
    if (expected > 0) {
      context.progress(Math.min(frames, expected), expected, "decoding");
    } else {
      context.progress(source.read(), source.length(), "decoding");
    }
  }

  private void finish(
      JobContext context,
      Track track,
      Decoded decoded,
      Analysis.@Nullable Loudness loudness,
      Blob peaks) {
    TenantId tenant = track.tenant();
    Analysis analysis =
        new Analysis(
            track.id(),
            track.owner(),
            decoded.durationSeconds(),
            decoded.format().sampleRate(),
            decoded.format().channels(),
            decoded.truncated(),
            loudness,
            TrackMeasurement.ALGORITHM,
            TrackMeasurement.VERSION,
            peaks.key(),
            clock.instant());
    AtomicBoolean kept = new AtomicBoolean();
    try {
      context.commit(() -> kept.set(write(tenant, analysis, peaks)));
    } catch (RuntimeException e) {
      // A commit whose answer got lost may have happened.
      if (vault.find(tenant, peaks.key()).isEmpty()) {
        vault.abandon(tenant, peaks);
      }
      throw e;
    }
    if (!kept.get()) {
      vault.abandon(tenant, peaks);
    }
  }

  /** Writes all that the analysis changes; false when the track is gone. */
  private boolean write(TenantId tenant, Analysis analysis, Blob peaks) {
    if (catalog.find(tenant, analysis.track()).isEmpty()) {
      return false;
    }
    vault.record(tenant, peaks);
    Optional<BlobKey> replaced = store.put(tenant, analysis);
    replaced.ifPresent(old -> vault.discard(tenant, old));
    catalog.measured(
        tenant,
        analysis.track(),
        analysis.durationSeconds(),
        analysis.sampleRate(),
        analysis.channels());
    catalog.ready(tenant, analysis.track());
    return true;
  }

  @Override
  public void failed(Job job, String reason) {
    catalog.failed(job.tenant(), new TrackId(job.request().subject()), reason);
  }

  /** A track that was analysed before stays so; of any other nothing is known. */
  @Override
  public void cancelled(Job job) {
    TrackId track = new TrackId(job.request().subject());
    if (store.find(job.tenant(), track).isPresent()) {
      catalog.ready(job.tenant(), track);
    } else {
      catalog.failed(job.tenant(), track, CANCELLED);
    }
  }
}
